import Layers
import Tensors

/// The memory and the products of some heads' steps, for heads of one structure with one number of samples.
final class HeadProgram {
    /// A layer of all heads: `H` heads, `N` samples.
    private struct Stage {
        let layer: HeadChain.Layer
        let forward: BatchedProduct
        let kernelGradient: BatchedProduct
        let inputGradient: BatchedProduct?
        /// `[H, N, in]`, what is dropped already gone.
        var inputs: Tensor
        /// What the inputs were multiplied by, `[H, N, in]`.
        var masks: Tensor
        /// `[H, in, out]`.
        var kernels: Tensor
        /// `[H, N, out]`, later their gradients.
        var outputs: Tensor
        /// `[H, in, out]`.
        var kernelGradients: Tensor

        init(_ layer: HeadChain.Layer, rows: Int, heads: Int, isFirst: Bool) throws(TensorError) {
            self.layer = layer
            let (wide, narrow) = (layer.inputs, layer.outputs)
            forward = try BatchedProduct(.init(count: heads, rows: rows, terms: wide, columns: narrow))
            var shape = BatchedProduct.Shape(count: heads, rows: wide, terms: rows, columns: narrow)
            shape.transposesLeft = true
            kernelGradient = try BatchedProduct(shape)
            shape = BatchedProduct.Shape(count: heads, rows: rows, terms: narrow, columns: wide)
            shape.transposesRight = true
            inputGradient = isFirst ? nil : try BatchedProduct(shape)
            inputs = Tensor(zeros: [heads, rows, wide])
            masks = Tensor(zeros: [heads, rows, wide])
            kernels = Tensor(zeros: [heads, wide, narrow])
            outputs = Tensor(zeros: [heads, rows, narrow])
            kernelGradients = Tensor(zeros: [heads, wide, narrow])
        }
    }

    private let heads: Int
    private let rows: Int
    private var stages: [Stage] = []

    init(_ layers: [HeadChain.Layer], rows: Int, heads: Int) throws(TensorError) {
        (self.heads, self.rows) = (heads, rows)
        for (index, layer) in layers.enumerated() {
            stages.append(try Stage(layer, rows: rows, heads: heads, isFirst: index == 0))
        }
    }

    /// Computes a step of each head.
    /// - Parameter steps: as many as the program is for, of its structure.
    func run(_ steps: [HeadStep]) throws -> [Result<HeadGradients?, any Error>] {
        precondition(steps.count == heads, "\(steps.count) steps for \(heads) heads")
        let size = rows * stages[0].layer.inputs
        for (head, step) in steps.enumerated() {
            stages[0].inputs.copyElements(head * size..<(head + 1) * size, from: step.inputs, at: 0)
        }
        for index in stages.indices { try forward(index, steps) }
        let judged = judge(steps)
        var gradients = steps.map { _ in [(kernel: Tensor, bias: Tensor?)]() }
        for index in stages.indices.reversed() {
            try backward(index, steps)
            for head in steps.indices { gradients[head].append(arrays(index, head)) }
        }
        return judged.indices.map { head in
            judged[head].map { isFinite in isFinite ? named(gradients[head].reversed()) : nil }
        }
    }

    // MARK: Forward

    private func forward(_ index: Int, _ steps: [HeadStep]) throws {
        let layer = stages[index].layer
        let size = layer.inputs * layer.outputs
        for (head, step) in steps.enumerated() {
            drop(index, head, step)
            stages[index].kernels.copyElements(
                head * size..<(head + 1) * size, from: step.kernels[index], at: 0)
        }
        try stages[index].forward(
            stages[index].inputs, stages[index].kernels, into: &stages[index].outputs)
        for (head, step) in steps.enumerated() { finish(index, head, step.biases[index]) }
        guard index + 1 < stages.count else { return }
        stages[index + 1].inputs.copyElements(
            0..<stages[index].outputs.elementCount, from: stages[index].outputs, at: 0)
    }

    /// Drops some of a head's inputs.
    private func drop(_ index: Int, _ head: Int, _ step: HeadStep) {
        guard let dropout = step.chain.dropouts[index] else { return }
        let size = rows * stages[index].layer.inputs
        let range = head * size..<(head + 1) * size
        stages[index].masks.withMutableElements { masks in
            dropout.draw(into: &masks, range: range, seed: step.seed)
        }
        multiply(&stages[index].inputs, by: stages[index].masks, range)
    }

    /// Adds a head's bias, and rectifies.
    private func finish(_ index: Int, _ head: Int, _ bias: Tensor?) {
        let (width, rectifies) = (stages[index].layer.outputs, stages[index].layer.rectifies)
        guard bias != nil || rectifies else { return }
        let bias = bias ?? Tensor(zeros: [width])
        stages[index].outputs.withMutableElements { outputs in
            bias.withElements { bias in
                for row in head * rows..<(head + 1) * rows {
                    for column in 0..<width {
                        let sum = outputs[row * width + column] + bias[column]
                        // What is not a number must stay one.
                        outputs[row * width + column] = rectifies && sum < 0 ? 0 : sum
                    }
                }
            }
        }
    }

    // MARK: Loss

    /// Puts the gradients of the losses in the logits' place.
    /// - Returns: whether each head's loss is finite.
    private func judge(_ steps: [HeadStep]) -> [Result<Bool, any Error>] {
        let last = stages.count - 1
        let width = stages[last].layer.outputs
        return steps.enumerated().map { head, step in
            var logits = Tensor(zeros: [rows, width])
            logits.copyElements(0..<rows * width, from: stages[last].outputs, at: head * rows * width)
            return Result {
                let gradient = try step.judge(logits)
                stages[last].outputs.copyElements(
                    head * rows * width..<(head + 1) * rows * width,
                    from: gradient ?? Tensor(zeros: [rows, width]), at: 0)
                return gradient != nil
            }
        }
    }

    // MARK: Backward

    private func backward(_ index: Int, _ steps: [HeadStep]) throws {
        try stages[index].kernelGradient(
            stages[index].inputs, stages[index].outputs, into: &stages[index].kernelGradients)
        guard index > 0, let product = stages[index].inputGradient else { return }
        // The inputs have done their work, but for telling which elements of the layer before were rectified.
        try product(stages[index].outputs, stages[index].kernels, into: &stages[index - 1].outputs)
        let size = rows * stages[index].layer.inputs
        for (head, step) in steps.enumerated() where step.chain.dropouts[index] != nil {
            multiply(
                &stages[index - 1].outputs, by: stages[index].masks, head * size..<(head + 1) * size)
        }
        guard stages[index - 1].layer.rectifies else { return }
        // An element that was dropped has no gradient either way.
        let inputs = stages[index].inputs
        stages[index - 1].outputs.withMutableElements { gradients in
            inputs.withElements { inputs in
                for index in gradients.indices where inputs[index] <= 0 { gradients[index] = 0 }
            }
        }
    }

    /// The gradients of a head's arrays in a layer.
    private func arrays(_ index: Int, _ head: Int) -> (kernel: Tensor, bias: Tensor?) {
        let layer = stages[index].layer
        let size = layer.inputs * layer.outputs
        var kernel = Tensor(zeros: [layer.inputs, layer.outputs])
        kernel.copyElements(0..<size, from: stages[index].kernelGradients, at: head * size)
        guard layer.bias != nil else { return (kernel, nil) }
        var bias = Tensor(zeros: [layer.outputs])
        let (outputs, rows, width) = (stages[index].outputs, rows, layer.outputs)
        bias.withMutableElements { bias in
            outputs.withElements { outputs in
                for row in head * rows..<(head + 1) * rows {
                    for column in 0..<width { bias[column] += outputs[row * width + column] }
                }
            }
        }
        return (kernel, bias)
    }

    private func named(_ gradients: [(kernel: Tensor, bias: Tensor?)]) -> HeadGradients {
        var result = HeadGradients()
        for (stage, gradient) in zip(stages, gradients) {
            result.add(stage.layer.kernel, gradient.kernel)
            if let key = stage.layer.bias, let bias = gradient.bias { result.add(key, bias) }
        }
        return result
    }

    private func multiply(_ tensor: inout Tensor, by other: Tensor, _ range: Range<Int>) {
        tensor.withMutableElements { elements in
            other.withElements { other in
                for index in range { elements[index] *= other[index] }
            }
        }
    }
}
