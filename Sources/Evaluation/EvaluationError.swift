/// What can be wrong with predictions that are to be judged.
public enum EvaluationError: Error, Equatable {
    /// There is nothing to judge.
    case noPredictions
    /// There are no classes.
    case noClasses
    /// Two classes have one name.
    case duplicateClass(String)
    /// A label is not the number of a class.
    case label(Int, identifier: String, classes: Int)
    /// A sample has more or fewer scores than there are classes.
    case scoreCount(identifier: String, expected: Int, found: Int)
    /// A score is not a finite number.
    case scoreNotFinite(Double, identifier: String, className: String)
    /// A score is not a probability where one is needed.
    case notAProbability(Double, identifier: String, className: String)
    /// There are more or fewer predictions than labels.
    case predictionCount(labels: Int, predictions: Int)
    /// The k of the top-k accuracy is out of range.
    case topK(Int, classes: Int)
}

extension EvaluationError: CustomStringConvertible {
    /// The error as a sentence for the person who has to act.
    public var description: String {
        switch self {
        case .noPredictions: "there are no predictions to judge; expected at least one sample"
        case .noClasses: "there are no classes; expected at least one"
        case .duplicateClass(let name): "two classes are called '\(name)'; expected every name once"
        case .label(let label, let identifier, let classes):
            "sample '\(identifier)': expected a label from 0 to \(classes - 1), found \(label)"
        case .scoreCount(let identifier, let expected, let found):
            "sample '\(identifier)': expected \(expected) scores, one a class, found \(found)"
        case .scoreNotFinite(let score, let identifier, let className):
            "sample '\(identifier)': expected a finite score for class '\(className)', found \(score)"
        case .notAProbability(let score, let identifier, let className):
            "sample '\(identifier)': expected a probability from 0 to 1 for class '\(className)', found \(score)"
        case .predictionCount(let labels, let predictions):
            "expected as many predictions as labels, found \(predictions) for \(labels) labels"
        case .topK(let k, let classes): "expected a k from 1 to \(classes), the number of classes, found \(k)"
        }
    }
}
