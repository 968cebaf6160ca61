/// With which number each layer's calls begin in references.
///
/// A nested model was called once before: when it was made. Keras 2 counts that call; Keras 3 does in the list of
/// the outer model's outputs and not elsewhere; for some Sequential models neither does. But a call that nothing
/// refers to is not in a file, so that of all ways to count the one is meant in which every call is referred to.
struct CallNumbering {
    private struct Beginning {
        var ofInputs = 0
        var ofOutputs = 0
    }

    private var beginnings: [String: Beginning] = [:]

    /// Everything begins with 0.
    init() {}

    init(_ model: ModelDescription) {
        var inputs: [String: Set<Int>] = [:]
        var outputs: [String: Set<Int>] = [:]
        for reference in model.layers.flatMap(\.calls).flatMap(\.inputs) {
            inputs[reference.layer, default: []].insert(reference.call)
        }
        for reference in model.outputs { outputs[reference.layer, default: []].insert(reference.call) }
        for layer in model.layers where layer.model != nil {
            beginnings[layer.name] = Self.beginning(
                of: layer, inputs[layer.name, default: []], outputs[layer.name, default: []])
        }
    }

    private static func beginning(
        of layer: LayerDescription, _ inputs: Set<Int>, _ outputs: Set<Int>
    ) -> Beginning {
        let ways = [
            Beginning(), Beginning(ofInputs: 1, ofOutputs: 1), Beginning(ofInputs: 0, ofOutputs: 1),
        ]
        let isFunctional = layer.model?.className != "Sequential"
        let likeliest = isFunctional && layer.calls.contains(where: \.isKeras3) ? ways.reversed() : ways
        let all = Set(0..<max(1, layer.calls.count))
        return likeliest.first { way in
            Set(inputs.map { $0 - way.ofInputs }).union(outputs.map { $0 - way.ofOutputs }) == all
        } ?? Beginning()
    }

    /// Which of a layer's calls a reference means, from 0 on.
    func number(of reference: TensorReference, isOutput: Bool) -> Int {
        let beginning = beginnings[reference.layer] ?? Beginning()
        return reference.call - (isOutput ? beginning.ofOutputs : beginning.ofInputs)
    }
}
