import Layers

/// What the batch normalizations do in a stage of training, those of frozen layers and the others.
///
/// | | normalizes by | running statistics | `gamma` and `beta` |
/// |---|---|---|---|
/// | `inference` | the running statistics | stay | are trained unless frozen |
/// | `update_statistics` | the batch's statistics | move | stay |
/// | `train` | the batch's statistics | move | are trained, even if frozen |
///
/// The default is Keras's meaning since version 2.2: frozen is `inference`, not frozen is `train`. Keras's
/// `trainable = False` is `inference` even where the layer is called with `training=True`. PyTorch's
/// `requires_grad_(False)` without `eval()`, and Keras until 2.1, are `update_statistics`; fastai's
/// `train_bn=True` is `train` for frozen layers; `eval()` while fine-tuning is `inference` for the others.
/// Statistics move as Keras moves them: `moving = momentum · moving + (1 − momentum) · batch`, with the
/// batch's biased variance.
public struct BatchNormalizationPolicy: Hashable, Sendable {
    /// What a batch normalization does.
    public enum Behavior: String, Sendable, CaseIterable {
        /// It normalizes by the running statistics, which stay. `gamma` and `beta` are trained if the layer
        /// is not frozen.
        case inference
        /// It normalizes by the batch's statistics and moves the running ones; `gamma` and `beta` stay.
        case updateStatistics = "update_statistics"
        /// It normalizes by the batch's statistics, moves the running ones, and `gamma` and `beta` are
        /// trained, even if the layer is frozen.
        case train
    }

    /// Of the normalizations that are frozen.
    public var frozen: Behavior
    /// Of the normalizations that are not.
    public var unfrozen: Behavior

    /// Keras's meaning of frozen, if nothing else is said.
    public init(frozen: Behavior = .inference, unfrozen: Behavior = .train) {
        self.frozen = frozen
        self.unfrozen = unfrozen
    }
}

extension ExecutionPlan.Mode {
    /// Training of the named layers, up to the logits.
    ///
    /// ``trainableLayers`` are then those whose arrays change, and ``batchStatisticsLayers`` those whose
    /// statistics do: what comes before the first of either is computed alike in every step.
    public static func training(
        _ layers: Set<String>, of network: Network, batchNormalization policy: BatchNormalizationPolicy
    ) -> ExecutionPlan.Mode {
        var mode = training(layers)
        for node in network.nodes where node.layer is BatchNormalization {
            switch layers.contains(node.name) ? policy.unfrozen : policy.frozen {
            case .inference: mode.batchStatisticsLayers.remove(node.name)
            case .updateStatistics:
                mode.trainableLayers.remove(node.name)
                mode.batchStatisticsLayers.insert(node.name)
            case .train:
                mode.trainableLayers.insert(node.name)
                mode.batchStatisticsLayers.insert(node.name)
            }
        }
        return mode
    }
}
