/// What a classifier said about labelled samples, by what their labels are.
public enum Judgement: Sendable, Equatable {
    /// Each sample is of one class.
    case single(Predictions)
    /// Each sample is of any number of classes.
    case multiple(MultiLabelPredictions)

    /// How many samples there are.
    public var count: Int {
        switch self {
        case .single(let predictions): predictions.rows.count
        case .multiple(let predictions): predictions.rows.count
        }
    }

    /// The classes' names, in the order of their numbers.
    public var classNames: [String] {
        switch self {
        case .single(let predictions): predictions.classNames
        case .multiple(let predictions): predictions.classNames
        }
    }

    /// The predictions, where each sample is of one class.
    public var single: Predictions? {
        if case .single(let predictions) = self { predictions } else { nil }
    }
}
