/// What the labels of a dataset's samples are.
public enum Labelling: String, Sendable, CaseIterable, Codable {
    /// Each sample is of one class.
    case single
    /// Each sample is of each class with some probability: the votes of several people, for example.
    case soft
    /// Each sample is of any number of classes, also of none.
    case multiple
}

extension Sample {
    /// One number a class: the probabilities of soft labels, or 1 for each class that is there and 0 for others.
    func targets(classes: Int) -> [Float] {
        shares ?? (0..<classes).map { $0 == label ? 1 : 0 }
    }
}
