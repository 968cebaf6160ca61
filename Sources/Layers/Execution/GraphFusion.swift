import Tensors

/// Rewrites an ``OperationGraph`` so that fewer operations sweep through memory, with the same results.
struct GraphFusion {
    /// What the plan will be used for.
    let mode: ExecutionPlan.Mode
    private var graph: OperationGraph

    /// Returns the graph rewritten for a mode.
    static func fused(_ graph: OperationGraph, for mode: ExecutionPlan.Mode) -> OperationGraph {
        var fusion = GraphFusion(mode: mode, graph: graph)
        fusion.removeIdentities()
        fusion.movePaddingIntoWindows()
        fusion.foldNormalizations()
        fusion.accumulateSums()
        fusion.attachFunctions()
        return fusion.graph
    }

    private init(mode: ExecutionPlan.Mode, graph: OperationGraph) {
        self.mode = mode
        self.graph = graph
    }

    private var differentiable: Set<ValueID> {
        graph.differentiable(mode.isTrainable, input: mode.wantsInputGradient)
    }

    /// The position of the operation that makes a value, if nothing but one operation reads it.
    private func soleProducer(of value: ValueID, _ readers: [ValueID: Int]) -> Int? {
        guard readers[value] == 1 else { return nil }
        return graph.operations.firstIndex { $0.output == value }
    }

    // MARK: Identities

    /// Dropout does nothing at inference; a softmax or sigmoid at the end is left to the loss where it is asked for.
    private mutating func removeIdentities() {
        for index in graph.operations.indices {
            // Anew each time: the input may itself be what came behind an identity.
            let operation = graph.operations[index]
            let isIdentity =
                switch operation.kind {
                case .noise: !mode.dropsOut || mode.quietLayers.contains(operation.layer)
                case .softmax: mode.stopsBeforeSoftmax && operation.output == graph.output
                case .elementwise(.sigmoid): mode.stopsBeforeSigmoid && operation.output == graph.output
                default: false
                }
            if isIdentity { graph.replace(operation.output, with: operation.inputs[0]) }
        }
        graph.removeUnused()
    }

    // MARK: Padding

    /// Convolutions pad by themselves. So do maxima, whose padding is -∞ and not 0, which is the same
    /// behind a rectifier.
    private mutating func movePaddingIntoWindows() {
        let readers = graph.readerCounts()
        for index in graph.operations.indices {
            guard let source = soleProducer(of: graph.operations[index].inputs[0], readers),
                case .zeroPadding(let before, let after) = graph.operations[source].kind
            else { continue }
            let padded = graph.operations[source].inputs[0]
            switch graph.operations[index].kind {
            case .convolution(var convolution) where convolution.kernelLayout != .transposed:
                convolution.window.pad(before: before, after: after)
                graph.operations[index].kind = .convolution(convolution)
            case .pooling(.max, var window) where isNonNegative(padded) && window.fits(before, after):
                window.pad(before: before, after: after)
                graph.operations[index].kind = .pooling(.max, window)
            default: continue
            }
            graph.operations[index].inputs[0] = padded
        }
        graph.removeUnused()
    }

    private func isNonNegative(_ value: ValueID) -> Bool {
        guard let producer = graph.operations.first(where: { $0.output == value }) else { return false }
        switch producer.kind {
        case .elementwise(.relu), .elementwise(.sigmoid): return true
        case .elementwise(.clip(let low, _)): return low >= 0
        default: return false
        }
    }

    // MARK: Normalization

    /// A normalization by fixed numbers is a factor and a term a channel, which the convolution before it
    /// can have in its kernel and bias.
    private mutating func foldNormalizations() {
        let readers = graph.readerCounts()
        // A kernel in two places cannot have one place's normalization in it.
        let shared = graph.sharedKeys()
        for index in graph.operations.indices {
            let operation = graph.operations[index]
            guard case .batchNormalization(let keys, let epsilon, _) = operation.kind,
                !mode.usesBatchStatistics(operation.layer, keys),
                let source = soleProducer(of: operation.inputs[0], readers),
                case .convolution(let convolution) = graph.operations[source].kind,
                !shared.contains(convolution.kernel),
                graph.operations[source].foldedNormalization == nil,
                !(operation.parameterKeys + graph.operations[source].parameterKeys)
                    .contains(where: mode.isTrainable)
            else { continue }
            var folded = graph.operations[source]
            folded.foldedNormalization = FoldedNormalization(
                keys: keys, epsilon: epsilon, channels: graph.shape(of: operation.output)[-1])
            folded.output = operation.output
            graph.operations[index] = folded
        }
        graph.removeUnused()
    }

    // MARK: Sums

    /// A convolution can add its result to what is in memory: the end of a residual block.
    private mutating func accumulateSums() {
        let differentiable = differentiable
        for index in graph.operations.indices {
            let sum = graph.operations[index]
            guard case .combine(.add) = sum.kind, !differentiable.contains(sum.output),
                sum.inputs[0] != sum.inputs[1],
                graph.shape(of: sum.inputs[0]) == graph.shape(of: sum.inputs[1])
            else { continue }
            let readers = graph.readerCounts()
            for (mine, other) in [(sum.inputs[1], sum.inputs[0]), (sum.inputs[0], sum.inputs[1])] {
                guard let source = soleProducer(of: mine, readers),
                    case .convolution = graph.operations[source].kind,
                    !graph.operations[source].accumulates, canOverwrite(other, at: index)
                else { continue }
                var accumulating = graph.operations[source]
                accumulating.inputs.append(other)
                accumulating.accumulates = true
                accumulating.output = sum.output
                graph.operations[index] = accumulating
                break
            }
        }
        graph.removeUnused()
    }

    /// Whether nothing reads a value after the operation at a position, and it has memory of its own.
    private func canOverwrite(_ value: ValueID, at position: Int) -> Bool {
        guard let producer = graph.operations.first(where: { $0.output == value }),
            !graph.outputs.contains(value)
        else { return false }
        switch producer.kind {
        case .reshape: return false
        default: break
        }
        return !graph.operations[(position + 1)...].contains { $0.inputs.contains(value) }
    }

    // MARK: Functions

    /// Activations are applied while a result is still in registers. Where the result is differentiated,
    /// only such functions can be whose gradient follows from their output.
    private mutating func attachFunctions() {
        let differentiable = differentiable
        let readers = graph.readerCounts()
        for index in graph.operations.indices {
            let activation = graph.operations[index]
            guard case .elementwise(let function) = activation.kind,
                let source = soleProducer(of: activation.inputs[0], readers),
                canAttach(
                    function, to: graph.operations[source],
                    isDifferentiated: differentiable.contains(activation.output))
            else { continue }
            var fused = graph.operations[source]
            fused.functions.append(function)
            fused.output = activation.output
            graph.operations[index] = fused
        }
        graph.removeUnused()
    }

    private func canAttach(
        _ function: ElementFunction, to operation: Operation, isDifferentiated: Bool
    ) -> Bool {
        guard function.mayFollow(operation.functions) else { return false }
        return switch operation.kind {
        case .convolution, .innerProduct, .combine(.add):
            !isDifferentiated || (function.hasGradientFromOutput && operation.functions.isEmpty)
        case .batchNormalization:
            function == .relu && operation.functions.isEmpty
        default: false
        }
    }
}

extension WindowGeometry {
    /// Adds explicit padding to the window's own.
    mutating func pad(before: Pair, after: Pair) {
        paddingBefore.height += before.height
        paddingBefore.width += before.width
        paddingAfter.height += after.height
        paddingAfter.width += after.width
    }

    /// Whether every window still meets the picture with this much padding.
    func fits(_ before: Pair, _ after: Pair) -> Bool {
        max(before.height, after.height) < kernel.height && max(before.width, after.width) < kernel.width
            && paddingBefore == Pair(0) && paddingAfter == Pair(0)
    }
}
