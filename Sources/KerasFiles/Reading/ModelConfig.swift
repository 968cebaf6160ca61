/// What a model's configuration says of its layers' classes, wherever they are nested.
///
/// It is lenient: a file can be described whose model cannot be built.
struct ModelConfig: Sendable {
    /// The configuration.
    let json: JSONValue
    /// The same as the file has it.
    let text: String
    private var classes: [String: String] = [:]
    private var models: Set<String> = []

    /// The longest text that is read.
    static let longestText = 64 << 20

    /// Reads a configuration.
    /// - Throws: ``KerasFileError/attribute(_:file:object:expected:found:)`` where it is not JSON.
    init(json text: String, file: String) throws {
        do {
            guard text.utf8.count <= Self.longestText else {
                throw JSONParser.Failure(reason: "more than \(Self.longestText) bytes", position: 0)
            }
            json = try JSONParser.parse(text.utf8)
            guard json["class_name"]?.string != nil else {
                throw JSONParser.Failure(reason: "no 'class_name'", position: 0)
            }
        } catch {
            throw KerasFileError.attribute(
                "model_config", file: file, object: "/", expected: "a model as JSON",
                found: "\(text.prefix(40))… (\(error))")
        }
        self.text = text
        add(layersOf: json)
    }

    /// The class of a layer, wherever it is nested.
    func className(of layer: String) -> String? { classes[layer] }

    /// Whether a layer is a model of layers.
    func isModel(_ layer: String) -> Bool { models.contains(layer) }

    private mutating func add(layersOf model: JSONValue) {
        // Until Keras 2.2.3, a Sequential model's configuration was the bare list of its layers.
        for layer in model["config"]?.array ?? model["config"]?["layers"]?.array ?? [] {
            if let name = (layer["config"]?["name"] ?? layer["name"])?.string {
                classes[name] = layer["class_name"]?.string
                let config = layer["config"]
                if config?.array != nil || config?["layers"]?.array != nil { models.insert(name) }
            }
            add(layersOf: layer)
        }
    }
}
