import Tensors

/// What the samples of a batch are: what a network's outputs are held against.
public enum Targets: Sendable, Equatable {
    /// N class numbers.
    case classes([Int])
    /// How likely each class is, `[N, K]`, whose rows sum to one: soft labels, and what mixup makes.
    case distributions(Tensor)
    /// Whether each class is there, 1 or 0, `[N, K]`: several labels a sample, or none. Mixed, they lie between.
    case indicators(Tensor)

    /// How many samples there are.
    public var count: Int {
        switch self {
        case .classes(let labels): labels.count
        case .distributions(let values), .indicators(let values): values.shape[0]
        }
    }

    /// The same as one number a class, `[N, K]`.
    /// - Parameter classes: how many classes there are: K. Every class number is below.
    public func dense(classes: Int) -> Tensor {
        switch self {
        case .distributions(let values), .indicators(let values): values
        case .classes(let labels):
            Tensor(shape: [labels.count, classes]) { elements in
                for (row, label) in labels.enumerated() { elements[row * classes + label] = 1 }
            }
        }
    }
}

extension Targets: ExpressibleByArrayLiteral {
    /// Class numbers.
    public init(arrayLiteral labels: Int...) { self = .classes(labels) }
}

extension Dataset {
    /// What some samples are.
    /// - Parameter indices: their positions in ``samples``.
    public func targets(of indices: [Int]) -> Targets {
        func table() -> Tensor {
            Tensor(
                indices.flatMap { samples[$0].targets(classes: classNames.count) },
                shape: [indices.count, classNames.count])
        }
        return switch labelling {
        case .single: .classes(indices.map { samples[$0].label })
        case .soft: .distributions(table())
        case .multiple: .indicators(table())
        }
    }
}
