import Layers
import Tensors

/// Which average of the trained arrays a stage ends with, instead of the last.
public enum WeightAveraging: Sendable, Equatable {
    /// A moving average over the steps, which is what is judged after each epoch, too; Keras's `use_ema`
    /// (Polyak and Juditsky 1992). Running statistics are the last.
    case exponential(decay: Double)
    /// The mean of the arrays after each epoch from one on, counted from 1: Izmailov et al., "Averaging weights
    /// leads to wider optima", UAI 2018. Running statistics are then estimated anew by a pass over the
    /// training pictures, as PyTorch's `update_bn` does.
    case stochastic(startEpoch: Int)
}

/// An average of arrays.
public struct WeightAverage: Sendable {
    /// The average of each array.
    public var arrays: Parameters
    /// How many sets of arrays were added.
    public var count: Int

    /// An average; of nothing yet.
    public init(arrays: Parameters = Parameters(), count: Int = 0) {
        self.arrays = arrays
        self.count = count
    }

    /// Moves the average towards arrays; one that is new is taken as it is.
    /// - Parameter share: of the new arrays in the average.
    mutating func add(_ parameters: Parameters, _ keys: [ParameterKey], share: Float) {
        count += 1
        for key in keys {
            guard let tensor = parameters[key] else { continue }
            tensor.withElements { values in
                let moved: Void? = arrays.update(key) { average in
                    average.update(gradient: values) { average, value in average += (value - average) * share
                    }
                }
                if moved == nil { arrays[key] = tensor }
            }
        }
    }
}
