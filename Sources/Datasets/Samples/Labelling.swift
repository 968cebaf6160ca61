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

extension Sample {
    /// The sample with some of its classes only.
    /// - Parameters:
    ///   - classes: their old numbers, in the new order.
    ///   - label: the new number of its class.
    func selecting(_ classes: [Int], label: Int, _ labelling: Labelling) -> Sample {
        var sample = self
        sample.label = label
        guard let shares else { return sample }
        let left = classes.map { shares[$0] }
        let sum = labelling == .soft ? left.reduce(0, +) : 1
        sample.shares = left.map { $0 / sum }
        if labelling == .multiple, left[label] == 0 { sample.label = left.firstIndex { $0 > 0 } ?? 0 }
        return sample
    }
}

extension Dataset {
    /// The names of a sample's classes: of one, or of all that it is labelled with where it may be of several.
    /// - Parameter index: its position in ``samples``.
    public func classNames(of index: Int) -> [String] {
        let sample = samples[index]
        guard labelling == .multiple, let shares = sample.shares else { return [classNames[sample.label]] }
        return classNames.indices.filter { shares[$0] > 0 }.map { classNames[$0] }
    }
}
