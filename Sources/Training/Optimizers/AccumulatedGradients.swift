import Layers
import Tensors

/// Gradients of a step that are all there at once, to be changed before any is used.
protocol GradientStore {
    /// The arrays that there are gradients of, in the network's order.
    var gradientKeys: [ParameterKey] { get }

    /// Lends the gradient of an array; nil where there is none.
    func withGradient<Result>(
        of key: ParameterKey, _ body: (Span<Float>) throws -> Result
    ) rethrows -> Result?

    /// Lends the gradient of an array to be changed.
    mutating func withMutableGradient<Result>(
        of key: ParameterKey, _ body: (inout MutableSpan<Float>) throws -> Result
    ) rethrows -> Result?
}

extension ExecutionPlan: GradientStore {}

/// The gradients of several batches that make one step: their mean over all samples, as one batch of all of
/// them would have it.
struct AccumulatedGradients: GradientStore {
    private(set) var gradientKeys: [ParameterKey] = []
    private var sums: [ParameterKey: Tensor] = [:]
    private var samples = 0

    var isEmpty: Bool { samples == 0 }

    /// Runs a plan's backward pass and adds its gradients.
    /// - Parameter gradient: of the batch's mean loss with respect to the output.
    mutating func add(
        _ plan: ExecutionPlan, _ gradient: Tensor, input: Tensor, _ parameters: inout Parameters
    ) throws {
        samples += plan.batchSize
        let weight = Float(plan.batchSize)
        guard plan.mode.keepsGradients else {
            var sums = AccumulatedGradients()
            swap(&sums, &self)
            defer { swap(&sums, &self) }
            return try plan.backward(gradient, input: input, updating: &parameters) { key, tensor, gradient in
                sums.add(gradient.span, weight, to: key, of: tensor.shape)
            }
        }
        try plan.backward(gradient, input: input, parameters)
        for key in plan.gradientKeys {
            guard let shape = parameters[key]?.shape else { continue }
            _ = plan.withGradient(of: key) { add($0, weight, to: key, of: shape) }
        }
    }

    /// Adds the gradients of a batch of so many samples.
    mutating func add(_ gradients: HeadGradients, samples count: Int) {
        samples += count
        for key in gradients.gradientKeys {
            _ = gradients.withGradient(of: key) {
                add($0, Float(count), to: key, of: gradients.shape(of: key))
            }
        }
    }

    private mutating func add(_ gradient: Span<Float>, _ weight: Float, to key: ParameterKey, of shape: Shape)
    {
        if sums[key] == nil {
            gradientKeys.append(key)
            sums[key] = Tensor(zeros: shape)
        }
        // In place: the dictionary holds the only reference.
        sums[key]?.update(gradient: gradient) { sum, gradient in sum += weight * gradient }
    }

    /// Makes the sums means.
    mutating func finish() {
        let factor = 1 / Float(samples)
        for key in gradientKeys {
            _ = withMutableGradient(of: key) { for index in $0.indices { $0[index] *= factor } }
        }
    }

    func withGradient<Result>(
        of key: ParameterKey, _ body: (Span<Float>) throws -> Result
    ) rethrows -> Result? { try sums[key]?.withElements(body) }

    mutating func withMutableGradient<Result>(
        of key: ParameterKey, _ body: (inout MutableSpan<Float>) throws -> Result
    ) rethrows -> Result? { try sums[key]?.withMutableElements(body) }
}
