import Layers

/// Writes layers that change pictures at random while training with the hyper-parameters that they were read with.
enum AugmentationWriter {
    /// The class and hyper-parameters in a dialect; of a layer that was not read from a file, and of one that Keras
    /// has no longer, what it is at inference.
    static func encoded(
        _ layer: RandomAugmentation, _ dialect: ModelConfigWriter.Dialect
    ) -> (className: String, config: [String: JSONValue]) {
        guard !withdrawn.contains(layer.className),
            let text = layer.configuration,
            let config = try? JSONParser.parse(text.utf8).object
        else { return (Identity.className, [:]) }
        switch dialect {
        case .keras3:
            // Keras 3 has no such key, which Keras 2 writes.
            return (layer.className, config.filter { $0.key != "rng_type" })
        case .keras2:
            // Keras 2 refuses keys that it does not know, and has numbers for seeds only.
            let known = config.filter { keras2.contains($0.key) }
            return (layer.className, known.mapValues { $0["class_name"] == nil ? $0 : .null })
        }
    }

    /// Keras 3 does not have them.
    private static let withdrawn: Set = ["RandomHeight", "RandomWidth"]
    private static let keras2: Set = [
        "mode", "factor", "height_factor", "width_factor", "fill_mode", "fill_value", "interpolation", "seed",
    ]
}
