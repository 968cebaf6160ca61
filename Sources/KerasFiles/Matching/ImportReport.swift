/// What was imported from a file into a network, and what was not.
public struct ImportReport: Sendable, Equatable, Encodable {
    /// How the layers of the file were told apart.
    public enum Matching: String, Sendable, Encodable {
        /// By their names.
        case byName
        /// By their classes and their order among layers of the same class; the file tells no fitting names.
        case byClassAndCounter
        /// By their order, all shapes being equal; the file's names were made up by Keras, or few differ.
        case byOrder
        /// By their order, because the options say so; all shapes are equal.
        case byGivenOrder
        /// By their places in the model that the same file describes.
        case byStructure
    }

    /// A layer that got its arrays.
    public struct Layer: Sendable, Equatable, Encodable {
        /// The layer's name in the network.
        public let name: String
        /// The layer's path in the file.
        public let path: String
        /// How many numbers were imported.
        public let parameterCount: Int
    }

    /// The file.
    public let file: String
    /// The network's name.
    public let network: String
    /// How the layers were told apart.
    public let matching: Matching
    /// The layers that got their arrays, in the network's order.
    public let imported: [Layer]
    /// Imported layers that the file calls otherwise: `predictions: probs`.
    public let renamed: [String]
    /// Layers of the network with arrays that were not asked for.
    public let notImported: [String]
    /// Layers that `only` and `except` left out, in the network's order.
    public let excluded: [String]
    /// Layers of the file with arrays that went nowhere, by their paths.
    public let leftOut: [String]
    /// What else in the file holds arrays and was not read.
    public let ignored: [String]
    /// Arrays that were converted, with what they were: `conv1/kernel: float16`.
    public let converted: [String]
}

extension ImportReport: CustomStringConvertible {
    /// The report in a few lines.
    public var description: String {
        let count = imported.reduce(0) { $0 + $1.parameterCount }
        let how =
            switch matching {
            case .byName: "by name"
            case .byClassAndCounter: "by class and order, because the file has no fitting names"
            case .byOrder: "by order, because names differ; all shapes are equal"
            case .byGivenOrder: "by order, as told; all shapes are equal"
            case .byStructure: "by the model that the file describes"
            }
        var lines = ["\(file): \(imported.count) layers (\(count) numbers) imported into '\(network)' \(how)"]
        func add(_ title: String, _ names: [String]) {
            guard !names.isEmpty else { return }
            let more = names.count > 8 ? ", … (\(names.count) in all)" : ""
            lines.append("\(title): \(names.prefix(8).joined(separator: ", "))\(more)")
        }
        add("called otherwise in the file", renamed)
        add("left out, because the network has no place for them", leftOut)
        add("not asked for", notImported)
        add("excluded, so that they stay random", excluded)
        add("not read", ignored)
        add("converted", converted)
        return lines.joined(separator: "\n")
    }
}
