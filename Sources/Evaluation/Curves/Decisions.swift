/// Yes-or-no decisions about samples: what is so, and how strongly a classifier says so.
public struct Decisions: Sendable, Equatable {
    /// Whether each sample is a positive.
    public let isPositive: [Bool]
    /// One score a sample, the greater the more likely positive.
    public let scores: [Double]

    /// Decisions; there are as many scores as samples.
    public init(isPositive: [Bool], scores: [Double]) {
        precondition(
            isPositive.count == scores.count, "\(scores.count) scores for \(isPositive.count) samples")
        self.isPositive = isPositive
        self.scores = scores
    }

    /// How many samples are positives.
    public var positives: Int { isPositive.count { $0 } }
    /// How many samples are not.
    public var negatives: Int { isPositive.count - positives }
}

/// Predictions that can be judged class by class, each class against the rest.
public protocol OneVsRest: Sendable {
    /// The classes' names, in the order of their numbers.
    var classNames: [String] { get }
    /// How many samples there are.
    var sampleCount: Int { get }
    /// Whether a sample is of a class, and the sample's score for it.
    func decision(_ sample: Int, class index: Int) -> (isPositive: Bool, score: Double)
}

extension OneVsRest {
    /// The decisions about one class, in the samples' order.
    public func decisions(class index: Int) -> Decisions {
        let all = (0..<sampleCount).map { decision($0, class: index) }
        return Decisions(isPositive: all.map(\.isPositive), scores: all.map(\.score))
    }

    /// The decisions about all classes, sample by sample: what micro averages are made of.
    public var pooledDecisions: Decisions {
        let all = (0..<sampleCount).flatMap { sample in
            classNames.indices.map { decision(sample, class: $0) }
        }
        return Decisions(isPositive: all.map(\.isPositive), scores: all.map(\.score))
    }
}

extension Predictions: OneVsRest {
    /// How many samples there are.
    public var sampleCount: Int { rows.count }

    /// Whether a sample is of a class, and the sample's score for it.
    public func decision(_ sample: Int, class index: Int) -> (isPositive: Bool, score: Double) {
        (rows[sample].label == index, rows[sample].scores[index])
    }
}

extension MultiLabelPredictions: OneVsRest {
    /// How many samples there are.
    public var sampleCount: Int { rows.count }

    /// Whether a sample is of a class, and the sample's score for it.
    public func decision(_ sample: Int, class index: Int) -> (isPositive: Bool, score: Double) {
        (rows[sample].labels[index], rows[sample].scores[index])
    }
}
