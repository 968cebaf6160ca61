import Layers
import Tensors

/// Keeps the weights into each unit, or each filter, no longer than a limit; Keras's `MaxNorm`.
///
/// A filter is what makes one output channel: a column of a dense kernel `[in, out]`, `[H, W, in]` of a
/// convolution's `[H, W, in, out]` (Keras's axes 0, 1, 2), `[H, W]` of a depthwise one's
/// `[H, W, in, multiplier]` (axes 0, 1), and `[H, W, in]` of a transposed one's `[H, W, out, in]`.
struct MaxNorm: Sendable {
    /// Where the elements of a filter are: those of filter `f` at `(o · filters + f) · inner + i`.
    struct Layout: Sendable {
        var filters: Int
        var inner = 1
    }

    let limit: Float
    private let layouts: [ParameterKey: Layout]

    init(_ limit: Float, of network: Network) {
        self.limit = limit
        var layouts: [ParameterKey: Layout] = [:]
        for node in network.nodes {
            for (key, spec) in zip(node.parameterKeys, node.parameters) where spec.role == .kernel {
                layouts[key] = Self.layout(of: spec, in: node.layer)
            }
        }
        self.layouts = layouts
    }

    static func layout(of spec: ParameterSpec, in layer: any Layer) -> Layout {
        let (last, rank) = (spec.shape[-1], spec.shape.rank)
        let isDepthwise = layer is DepthwiseConv2D || spec.name == "depthwise_kernel"
        if isDepthwise, rank > 1 { return Layout(filters: spec.shape[-2] * last) }
        if layer is Conv2DTranspose, rank > 1 { return Layout(filters: spec.shape[-2], inner: last) }
        return Layout(filters: last)
    }

    /// Shortens the filters of a kernel that are too long.
    func constrain(_ kernel: inout Tensor, _ key: ParameterKey) {
        if let layout = layouts[key] { constrain(&kernel, layout) }
    }

    func constrain(_ kernel: inout Tensor, _ layout: Layout) {
        let (filters, inner) = (layout.filters, layout.inner)
        var squares = Array(repeating: 0.0, count: filters)
        kernel.withElements { weights in
            for index in weights.indices {
                squares[index / inner % filters] += Double(weights[index]) * Double(weights[index])
            }
        }
        // Keras's formula: its epsilon shrinks very short filters, too.
        let factors = squares.map { square in
            let norm = Float(square.squareRoot())
            return min(norm, limit) / (1e-7 + norm)
        }
        guard factors.contains(where: { $0 != 1 }) else { return }
        kernel.withMutableElements { weights in
            for index in weights.indices { weights[index] *= factors[index / inner % filters] }
        }
    }
}
