import Tensors

extension OperationGraph {
    /// How many operations read each value; the network's output counts as a reader.
    func readerCounts() -> [ValueID: Int] {
        var counts = Dictionary(outputs.map { ($0, 1) }, uniquingKeysWith: +)
        for operation in operations {
            for input in operation.inputs { counts[input, default: 0] += 1 }
        }
        return counts
    }

    /// A value and the reshapes of it, which may be the same memory.
    func views(of value: ValueID) -> Set<ValueID> {
        var result: Set<ValueID> = [value]
        for operation in operations {
            if case .reshape = operation.kind, result.contains(operation.inputs[0]) {
                result.insert(operation.output)
            }
        }
        return result
    }

    /// Removes operations whose results nothing reads.
    mutating func removeUnused() {
        var needed = Set(outputs)
        for operation in operations.reversed() where needed.contains(operation.output) {
            needed.formUnion(operation.inputs)
        }
        operations.removeAll { !needed.contains($0.output) }
    }

    /// Lets all readers of one value read another.
    mutating func replace(_ value: ValueID, with other: ValueID) {
        for index in operations.indices {
            operations[index].inputs = operations[index].inputs.map { $0 == value ? other : $0 }
        }
        outputs = outputs.map { $0 == value ? other : $0 }
    }

    /// The values that change when the trainable arrays do, and so have gradients.
    func differentiable(_ isTrainable: (ParameterKey) -> Bool, input: Bool) -> Set<ValueID> {
        var result: Set<ValueID> = input ? [self.input] : []
        for operation in operations {
            if operation.inputs.contains(where: result.contains)
                || operation.parameterKeys.contains(where: isTrainable)
            {
                result.insert(operation.output)
            }
        }
        return result
    }
}

extension OperationGraph {
    /// The arrays that several operations read: those of shared layers.
    func sharedKeys() -> Set<ParameterKey> {
        var seen: Set<ParameterKey> = []
        return Set(operations.flatMap { Set($0.parameterKeys) }.filter { !seen.insert($0).inserted })
    }
}

extension Operation {
    /// The arrays that the operation reads and gradient descent might change.
    var parameterKeys: [ParameterKey] {
        let own: [ParameterKey?] =
            switch kind {
            case .convolution(let convolution): [convolution.kernel, convolution.bias]
            case .innerProduct(let kernel, let bias): [kernel, bias]
            case .batchNormalization(let keys, _, _): [keys.gamma, keys.beta]
            case .layerNormalization(let gamma, let beta, _): [gamma, beta]
            case .parametricRectifier(let slope): [slope]
            default: []
            }
        return (own + [foldedNormalization?.keys.gamma, foldedNormalization?.keys.beta]).compactMap { $0 }
    }

    /// Whether the gradient is worked out from the operation's result, which must not be overwritten.
    var gradientReadsOutput: Bool {
        switch kind {
        case .softmax: true
        case .elementwise(let function): function.hasGradientFromOutput
        default: !functions.isEmpty
        }
    }
}
