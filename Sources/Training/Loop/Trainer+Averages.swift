import Layers
import Tensors

extension Trainer {
    /// The arrays that are judged: the moving average, where one is kept, otherwise those that are trained.
    public var judgedParameters: Parameters {
        guard case .exponential = regularization.averaging, let average else { return parameters }
        var averaged = parameters
        averaged.merge(average.arrays)
        return averaged
    }

    /// What the kernels that are judged add to the loss.
    var judgedPenalty: Double { penalty(of: judgedParameters) }

    var averagesEveryStep: Bool {
        if case .exponential = regularization.averaging { true } else { false }
    }

    /// Constrains the kernels after they went into the average: Keras averages what the optimizer gave.
    mutating func shortenFilters() {
        guard let maxNorm else { return }
        for (key, spec) in network.parameters
        where spec.role == .kernel && trainableLayers.contains(key.layer) {
            parameters.update(key) { maxNorm.constrain(&$0, key) }
        }
    }

    /// Adds the arrays as they are to the mean of those before.
    mutating func addToMean() { addToAverage(share: 1 / Float((average?.count ?? 0) + 1)) }

    mutating func addToAverage(share: Float) {
        let keys = network.parameters.filter { $0.spec.isTrainable && trainableLayers.contains($0.key.layer) }
        var average = average.take() ?? WeightAverage()
        average.add(parameters, keys.map(\.key), share: share)
        self.average = average
    }

    /// Goes on with the average, if there is one.
    /// - Returns: whether there was one.
    mutating func adoptAverage() -> Bool {
        guard let average = average.take() else { return false }
        parameters.merge(average.arrays)
        return true
    }

    /// Whether batch normalizations move their running statistics in training.
    var movesStatistics: Bool {
        network.nodes.contains {
            $0.layer is BatchNormalization && mode.batchStatisticsLayers.contains($0.name)
        }
    }

    /// Takes a batch into account in running statistics that are estimated anew, as the mean over all batches.
    /// - Parameter batch: its number, counted from 0.
    mutating func estimateStatistics(_ inputs: Tensor, batch: Int) throws {
        let plan = try plan(batchSize: inputs.shape[0])
        _ = try plan.forward(inputs, parameters, seed: noiseSeed(step: stepCount + batch))
        plan.updateStatistics(of: &parameters, momentum: Float(batch) / Float(batch + 1))
    }
}
