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

    /// The layer groups in which something is trained when the named layers are, in the network's order.
    public func trainableGroups(in layers: Set<String>) -> [String] {
        let groups = Set(
            nodes.filter { layers.contains($0.name) && $0.parameters.contains(where: \.isTrainable) }
                .map(\.group))
        return self.groups.filter(groups.contains)
    }
}
