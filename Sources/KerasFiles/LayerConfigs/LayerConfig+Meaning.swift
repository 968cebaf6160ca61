import Layers

extension LayerConfig {
    /// The function of a key such as `activation`.
    func activation(_ key: String = "activation") throws -> ActivationFunction {
        guard let value = value(key) else { return .linear }
        // Keras 3 writes functions as objects, of which `config` is the name.
        let name = value.string ?? (value["class_name"]?.string == "function" ? value["config"]?.string : nil)
        guard let name, let function = ActivationFunction(kerasName: name) else {
            throw problem([key], "a function that is supported", value)
        }
        return function
    }

    /// The padding.
    func padding() throws -> Padding {
        guard let value = value("padding", "border_mode") else { return .valid }
        guard let padding = value.string.flatMap({ Padding(rawValue: $0.lowercased()) }) else {
            throw problem(["padding", "border_mode"], "'valid' or 'same'", value)
        }
        return padding
    }

    /// How pixels are worked out.
    func interpolation(default fallback: Interpolation) throws -> Interpolation {
        guard let value = value("interpolation") else { return fallback }
        guard let way = value.string.flatMap({ Interpolation(rawValue: $0.lowercased()) }) else {
            let known = Interpolation.allCases.map { "'\($0.rawValue)'" }
            throw problem(["interpolation"], "one of \(known.joined(separator: ", "))", value)
        }
        return way
    }

    /// The kind of number that Keras computes with, if it is not the one used here.
    var foreignNumbers: String? {
        let type = value("dtype")
        let name = type?.string ?? type?["config"]?["name"]?.string
        return name == "float32" ? nil : name
    }

    /// Refuses what would change the result of any layer.
    func checkCommonKeys() throws {
        try require("data_format", toBe: "channels_last", "channels_first")
        try require("dim_ordering", toBe: "tf", "th", "default")
        try require("lora_rank", "quantization_config", toBe: nil)
        if let type = value("dtype"), type["class_name"]?.string == "QuantizedDTypePolicy" {
            throw problem(["dtype"], "a type of floating point", type["config"]?["name"])
        }
    }
}
