import Layers
import Training

extension ExperimentConfiguration {
    /// The layers that any stage trains; of a head that is worked out, the head's.
    /// - Throws: `LayerError.unknownGroup` where the configuration is of another network.
    package func trainedLayers(of network: Network) throws -> Set<String> {
        guard !training.stages.isEmpty else {
            return try LayerSelection.groups([NetworkBuilder.headGroup]).layers(of: network)
        }
        return try training.stages.reduce(into: []) { layers, stage in
            let selected = try stage.freezing.trainedLayers(of: network)
            layers.formUnion(
                ExecutionPlan.Mode.training(
                    selected, of: network, batchNormalization: stage.batchNormalization
                ).trainableLayers)
        }
    }
}
