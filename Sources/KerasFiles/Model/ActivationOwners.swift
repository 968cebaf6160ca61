/// Which layers are other layers' activations: Keras takes a layer's arrays and those of its activation together.
struct ActivationOwners {
    private let places: [String: LayerPlace]
    private let owners: [String: [String]]

    /// - Parameter places: of the network's layers, by their names.
    init(_ places: [String: LayerPlace]) {
        self.places = places
        let names = Dictionary(
            places.values.map { ($0.keys, $0.names) }, uniquingKeysWith: { first, _ in first })
        // The group of a layer of class Activation has the same name, but is in a model's.
        owners = places.compactMapValues { place in
            place.keys.last == "activation" && place.keys.count > 1 ? names[place.keys.dropLast()] : nil
        }
    }

    /// The place of the layer whose activation a layer is; nil for one that stands for itself.
    subscript(layer: String) -> [String]? { owners[layer] }

    /// The same, or the layer's own place.
    func ownerOrSelf(of layer: String) -> [String]? { owners[layer] ?? places[layer]?.names }
}
