import KerasFiles
import Layers
import Tensors
import Training

/// A checkpoint's arrays, and their names in its file.
struct CheckpointArrays {
    private(set) var parameters = Parameters()
    private(set) var best = Parameters()
    private(set) var average = Parameters()
    private(set) var slots: [ParameterKey: [Tensor]] = [:]

    /// Takes the arrays from a file.
    /// - Parameter unchanged: the arrays that the file leaves out, because they are still the experiment's.
    /// - Throws: ``CheckpointText/Problem`` where arrays are missing or have other shapes.
    init(_ file: ArrayFile, unchanged: Set<String>, of experiment: Experiment) throws {
        for (key, spec) in experiment.network.parameters {
            let initial = unchanged.contains("\(key)") ? experiment.parameters[key] : nil
            guard let tensor = file.arrays["parameters/\(key)"] ?? initial else {
                throw CheckpointText.Problem(reason: "it has no array '\(key)'")
            }
            let better = file.arrays["best/\(key)"] ?? tensor
            for tensor in [tensor, better] where tensor.shape != spec.shape {
                throw CheckpointText.Problem(
                    reason: "array '\(key)': expected \(spec.shape), found \(tensor.shape)")
            }
            parameters[key] = tensor
            best[key] = better
            if let tensor = file.arrays["average/\(key)"] {
                guard tensor.shape == spec.shape else {
                    throw CheckpointText.Problem(
                        reason: "the average of '\(key)': expected \(spec.shape), found \(tensor.shape)")
                }
                average[key] = tensor
            }
            var remembered: [Tensor] = []
            while let slot = file.arrays["optimizer/\(key)/\(remembered.count)"] { remembered.append(slot) }
            if !remembered.isEmpty { slots[key] = remembered }
        }
    }

    /// The arrays of a state that are what they were when the training began, by their names.
    static func unchanged(_ state: LoopState, since initial: Parameters) -> Set<String> {
        let parameters = state.trainer.parameters
        return Set(parameters.keys.filter { parameters[$0]?.stamp == initial[$0]?.stamp }.map { "\($0)" })
    }

    /// A state's arrays by their names in a file, but for those that are left out.
    static func arrays(of state: LoopState, without unchanged: Set<String>) -> [String: Tensor] {
        var arrays: [String: Tensor] = [:]
        for key in state.trainer.parameters.keys {
            let tensor = state.trainer.parameters[key]
            if !unchanged.contains("\(key)") { arrays["parameters/\(key)"] = tensor }
            // Frozen arrays are the best epoch's too.
            if let best = state.stage.best?[key], best.stamp != tensor?.stamp { arrays["best/\(key)"] = best }
        }
        if let average = state.trainer.average?.arrays {
            for key in average.keys { arrays["average/\(key)"] = average[key] }
        }
        for (key, slots) in state.trainer.optimizer.slots {
            for (number, slot) in slots.enumerated() { arrays["optimizer/\(key)/\(number)"] = slot }
        }
        return arrays
    }
}
