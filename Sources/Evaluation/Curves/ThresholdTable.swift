/// What a threshold costs and gains: precision, recall, F1 and specificity of every class at thresholds from
/// 0 to 1. A sample is taken for the class where its score is at least the threshold.
public struct ThresholdTable: Sendable, Equatable {
    /// One class at one threshold.
    public struct Line: Sendable, Equatable {
        /// The class's name.
        public let name: String
        /// The score from which on a sample counts as of the class.
        public let threshold: Double
        /// Samples of the class that are taken for it.
        public let truePositives: Int
        /// Samples of other classes that are taken for it.
        public let falsePositives: Int
        /// Samples of other classes that are not.
        public let trueNegatives: Int
        /// Samples of the class that are not.
        public let falseNegatives: Int

        /// Of the samples taken for the class, the share that is of it; 0 where there are none.
        public var precision: Double { ratio(truePositives, truePositives + falsePositives) }
        /// Of the samples of the class, the share taken for it, the sensitivity; 0 where there are none.
        public var recall: Double { ratio(truePositives, truePositives + falseNegatives) }
        /// The harmonic mean of precision and recall.
        public var f1Score: Double {
            ratio(2 * truePositives, 2 * truePositives + falsePositives + falseNegatives)
        }
        /// Of the samples of other classes, the share not taken for it; 0 where there are none.
        public var specificity: Double { ratio(trueNegatives, trueNegatives + falsePositives) }

        private func ratio(_ part: Int, _ whole: Int) -> Double {
            whole == 0 ? 0 : Double(part) / Double(whole)
        }
    }

    /// The thresholds, rising.
    public let thresholds: [Double]
    /// The lines of every class, one a threshold, in the classes' order.
    public let classes: [[Line]]

    /// The table of some predictions, at hundredths.
    public init(_ predictions: some OneVsRest) {
        let thresholds = (0...100).map { Double($0) / 100 }
        self.thresholds = thresholds
        classes = predictions.classNames.enumerated().map { index, name in
            let decisions = predictions.decisions(class: index)
            return thresholds.map { Line(name, at: $0, decisions) }
        }
    }

    /// The line of a class with the greatest F1 score, the first of several.
    public func best(class index: Int) -> Line? {
        classes[index].reduce(nil as Line?) { best, line in
            best.map { line.f1Score > $0.f1Score } ?? true ? line : best
        }
    }
}

extension ThresholdTable.Line {
    fileprivate init(_ name: String, at threshold: Double, _ decisions: Decisions) {
        var (hits, alarms) = (0, 0)
        for (isPositive, score) in zip(decisions.isPositive, decisions.scores) where score >= threshold {
            if isPositive { hits += 1 } else { alarms += 1 }
        }
        let positives = decisions.positives
        self.name = name
        self.threshold = threshold
        truePositives = hits
        falsePositives = alarms
        trueNegatives = decisions.isPositive.count - positives - alarms
        falseNegatives = positives - hits
    }
}
