import Tensors

extension ExecutionPlan {
    /// What a plan is for.
    public struct Mode: Hashable, Sendable {
        /// Whether gradients can be asked for.
        public var isTraining: Bool
        /// Whether dropout drops.
        public var dropsOut: Bool
        /// Layers of random numbers that are quiet even where ``dropsOut`` lets the others draw.
        public var quietLayers: Set<String> = []
        /// The layers whose arrays are trained. The backward pass stops at the first of them.
        public var trainableLayers: Set<String>
        /// The batch normalizations that use the batch's own statistics and move the running ones; all
        /// others use the running ones.
        public var batchStatisticsLayers: Set<String>
        /// Whether the gradient with respect to the input is wanted too.
        public var wantsInputGradient = false
        /// Whether a softmax at the end is left out, because the loss is worked out from the logits.
        public var stopsBeforeSoftmax = false
        /// The same for a sigmoid at the end.
        public var stopsBeforeSigmoid = false
        /// Whether all gradients are kept until the next backward pass. Those that are not are handed over
        /// one by one, as ``ExecutionPlan/backward(_:input:updating:_:)`` comes to them, and then their
        /// memory is used again.
        public var keepsGradients = true

        /// Inference: nothing changes.
        public static let inference = Mode(
            isTraining: false, dropsOut: false, trainableLayers: [], batchStatisticsLayers: [])

        /// Training of the named layers, up to the logits. As in Keras, a batch normalization that is not
        /// trained is in inference mode.
        public static func training(_ layers: Set<String>) -> Mode {
            var mode = Mode(
                isTraining: true, dropsOut: true, trainableLayers: layers, batchStatisticsLayers: layers)
            mode.stopsBeforeSoftmax = true
            return mode
        }

        func isTrainable(_ key: ParameterKey) -> Bool { trainableLayers.contains(key.layer) }
        func usesBatchStatistics(_ layer: String, _ keys: NormalizationKeys) -> Bool {
            isTraining && batchStatisticsLayers.contains(layer) && keys.movingMean != nil
        }
    }
}
