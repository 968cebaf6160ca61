/// The calls of a model's layers, and an order in which each comes after those whose outputs it takes.
struct CallGraph {
    /// A call of a layer.
    struct Call {
        /// The layer's position in the model.
        let layer: Int
        let description: LayerCall
        /// Where the inputs come from: positions of calls, and which of their outputs.
        var inputs: [(call: Int, output: Int)] = []
    }

    private(set) var calls: [Call] = []
    private(set) var order: [Int] = []
    /// The position of each layer's first call.
    private var firstCalls: [String: Int] = [:]
    private let model: ModelDescription
    private let file: String
    private var numbering = CallNumbering()

    init(_ model: ModelDescription, file: String) throws {
        self.model = model
        self.file = file
        for (index, layer) in model.layers.enumerated() {
            guard firstCalls.updateValue(calls.count, forKey: layer.name) == nil else {
                throw error("two layers are called '\(layer.name)'")
            }
            // An input layer is there without being called.
            let descriptions = layer.calls.isEmpty ? [LayerCall(inputs: [])] : layer.calls
            calls += descriptions.map { Call(layer: index, description: $0) }
        }
        numbering = CallNumbering(model)
        for position in calls.indices {
            calls[position].inputs = try calls[position].description.inputs.map {
                (try self.position(of: $0), $0.output)
            }
        }
        try sort()
    }

    /// The call that a reference means.
    /// - Parameter isOutput: whether the reference is one of the model's outputs.
    func position(of reference: TensorReference, isOutput: Bool = false) throws -> Int {
        guard let first = firstCalls[reference.layer] else {
            throw error("there is no layer '\(reference.layer)', which others take as input")
        }
        let count = max(1, model.layers[calls[first].layer].calls.count)
        let number = numbering.number(of: reference, isOutput: isOutput)
        guard (0..<count).contains(number) else {
            throw error(
                "layer '\(reference.layer)' is called \(count == 1 ? "once" : "\(count) times"), "
                    + "but call \(reference.call) is referred to")
        }
        return first + number
    }

    /// The calls that others, or the outputs of the model, take something from.
    func used(for model: ModelDescription) throws -> Set<Int> {
        let outputs = try model.outputs.map { try position(of: $0, isOutput: true) }
        return Set(calls.flatMap { $0.inputs.map(\.call) } + outputs)
    }

    /// A depth-first search from each call on, with a stack of its own: graphs may be thousands of layers deep.
    private mutating func sort() throws {
        enum Mark { case unseen, open, done }
        var marks = [Mark](repeating: .unseen, count: calls.count)
        for start in calls.indices where marks[start] == .unseen {
            var stack = [(call: start, next: 0)]
            marks[start] = .open
            while let (call, next) = stack.last {
                guard next < calls[call].inputs.count else {
                    marks[call] = .done
                    order.append(call)
                    stack.removeLast()
                    continue
                }
                stack[stack.count - 1].next += 1
                let input = calls[call].inputs[next].call
                if marks[input] == .open {
                    throw error("layer '\(model.layers[calls[input].layer].name)' depends on its own output")
                }
                guard marks[input] == .unseen else { continue }
                marks[input] = .open
                stack.append((input, 0))
            }
        }
    }

    private func error(_ reason: String) -> KerasFileError {
        .modelGraph(file: file, model: model.name, reason: reason)
    }
}
