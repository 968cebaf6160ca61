/// Reads who calls whom, which configurations have written in three ways.
struct CallReader {
    let file: String

    /// One call of a layer: an element of `inbound_nodes`.
    ///
    /// Keras 1 and 2 write a list of inputs, `[["conv1", 0, 0, {}]]`, or one input bare; Keras 3 the call's
    /// arguments, with the inputs among them.
    func call(_ json: JSONValue, of place: String) throws -> LayerCall {
        if json.object != nil {
            let positional = json["args"]?.array ?? []
            let inputs = positional.flatMap(tensors) + (json["kwargs"].map(tensors) ?? [])
            var arguments = json["kwargs"]?.object ?? [:]
            for (index, argument) in positional.enumerated() where tensors(argument).isEmpty {
                arguments["args[\(index)]"] = argument
            }
            return LayerCall(
                inputs: inputs, arguments: arguments.filter { tensors($0.value).isEmpty }, isKeras3: true)
        }
        guard let elements = json.array else { throw error(place, json) }
        // A bare input begins with a name.
        let inputs = elements.first?.string == nil ? elements : [json]
        var call = LayerCall(inputs: [])
        for input in inputs {
            call.inputs.append(try reference(input, of: place))
            guard let arguments = input.array?.dropFirst(3).first?.object else { continue }
            for (name, value) in arguments {
                if let more = try? reference(value, of: place) {
                    call.inputs.append(more)
                } else {
                    call.arguments[name] = value
                }
            }
        }
        return call
    }

    /// A model's inputs or outputs: a list of references, one reference bare, or a table of them.
    func references(_ json: JSONValue?, of place: String) throws -> [TensorReference] {
        if let members = json?.object {
            return try members.sorted { $0.key < $1.key }.flatMap { try references($0.value, of: place) }
        }
        guard let elements = json?.array else { throw error(place, json) }
        if elements.first?.string != nil { return [try reference(.array(elements), of: place)] }
        return try elements.flatMap { try references($0, of: place) }
    }

    /// `["conv1", 0, 0]`, whatever follows.
    private func reference(_ json: JSONValue, of place: String) throws -> TensorReference {
        guard let parts = json.array, parts.count >= 3, let layer = parts[0].string,
            let call = parts[1].integer, let output = parts[2].integer, call >= 0, output >= 0
        else { throw error(place, json) }
        return TensorReference(layer: layer, call: call, output: output)
    }

    /// The tensors in an argument of Keras 3, in order.
    private func tensors(_ json: JSONValue) -> [TensorReference] {
        if json["class_name"]?.string == "__keras_tensor__" {
            return (try? reference(json["config"]?["keras_history"] ?? .null, of: "")).map { [$0] } ?? []
        }
        if let elements = json.array { return elements.flatMap(tensors) }
        return (json.object ?? [:]).sorted { $0.key < $1.key }.flatMap { tensors($0.value) }
    }

    private func error(_ place: String, _ found: JSONValue?) -> KerasFileError {
        .modelConfig(
            file: file, place: place, expected: "references such as [\"conv1\", 0, 0]", found: found.excerpt)
    }
}
