import Layers
import Tensors

extension Network {
    /// How many numbers are trained when the named layers are: their arrays, without statistics.
    public func trainableParameterCount(in layers: Set<String>) -> Int {
        parameters.reduce(0) { sum, parameter in
            let isTrained = parameter.spec.isTrainable && layers.contains(parameter.key.layer)
            return isTrained ? sum + parameter.spec.shape.elementCount : sum
        }
    }
}
