import Foundation

/// What a model's configuration says of its layers' classes.
///
/// Keras writes it as JSON beside the weights; models may be nested in it.
struct ModelConfig {
    private var classes: [String: String] = [:]
    private var models: Set<String> = []

    /// Reads a configuration.
    /// - Throws: ``KerasFileError/attribute(_:file:object:expected:found:)`` where it is not JSON.
    init(json: String, file: String) throws {
        let model: Layer
        do {
            model = try JSONDecoder().decode(Layer.self, from: Data(json.utf8))
        } catch {
            throw KerasFileError.attribute(
                "model_config", file: file, object: "/", expected: "a model as JSON",
                found: "\(json.prefix(40))…")
        }
        for layer in model.layers ?? [] { add(layer) }
    }

    /// The class of a layer, wherever it is nested.
    func className(of layer: String) -> String? { classes[layer] }

    /// Whether a layer is a model of layers.
    func isModel(_ layer: String) -> Bool { models.contains(layer) }

    private mutating func add(_ layer: Layer) {
        if let name = layer.name {
            classes[name] = layer.className
            if layer.layers != nil { models.insert(name) }
        }
        for inner in layer.layers ?? [] { add(inner) }
    }

    private struct Layer: Decodable {
        var className: String
        var name: String?
        var layers: [Layer]?

        private enum Keys: String, CodingKey {
            case className = "class_name"
            case name, config, layers
        }

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: Keys.self)
            className = try container.decode(String.self, forKey: .className)
            name = try? container.decode(String.self, forKey: .name)
            // Until Keras 2.2.3, a Sequential model's configuration was the bare list of its layers.
            if let layers = try? container.decode([Layer].self, forKey: .config) {
                self.layers = layers
            } else if let config = try? container.nestedContainer(keyedBy: Keys.self, forKey: .config) {
                name = (try? config.decode(String.self, forKey: .name)) ?? name
                if config.contains(.layers) { layers = try? config.decode([Layer].self, forKey: .layers) }
            }
        }
    }
}
