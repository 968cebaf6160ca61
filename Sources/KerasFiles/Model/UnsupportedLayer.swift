/// A class of layers in a file that cannot be taken over, with all its layers.
public struct UnsupportedLayer: Sendable, Hashable, Encodable {
    /// Keras's name of the class.
    public let className: String
    /// What about them is not supported; nil if the class is not.
    public let reason: String?
    /// The layers' names.
    public let layers: [String]
}

extension UnsupportedLayer: CustomStringConvertible {
    /// The class, how often it occurs, and why it is refused: `LSTM (2: 'a', 'b')`.
    public var description: String {
        let named = layers.prefix(3).map { "'\($0)'" }.joined(separator: ", ")
        let more = layers.count > 3 ? ", …" : ""
        return "\(className) (\(layers.count): \(named)\(more))" + (reason.map { " because it \($0)" } ?? "")
    }
}

/// Gathers what is not supported, by class and reason, in the order in which it is found.
struct UnsupportedLayers {
    private struct Kind: Hashable {
        let className: String
        let reason: String?
    }

    private var kinds: [Kind] = []
    private var names: [Kind: [String]] = [:]
    private var places: Set<LayerPlace> = []

    /// Adds a layer; a shared one counts once.
    mutating func add(_ step: FlatModel.Step, _ reason: String?) {
        guard places.insert(step.place).inserted else { return }
        let layer = step.layer
        let kind = Kind(className: layer.className, reason: reason)
        if names[kind] == nil { kinds.append(kind) }
        names[kind, default: []].append(layer.name)
    }

    /// The table, empty if everything is supported.
    var table: [UnsupportedLayer] {
        kinds.map { UnsupportedLayer(className: $0.className, reason: $0.reason, layers: names[$0]!) }
    }
}
