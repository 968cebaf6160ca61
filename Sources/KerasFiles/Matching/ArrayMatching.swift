import Layers

/// Puts a file's arrays of one layer in the order in which the network's layer has them.
///
/// Keras goes by position alone, because the names have changed with its versions (`block1_conv1_W_1:0`,
/// `kernel:0`, `0`). Names count only where they are today's, and say that the position is wrong.
struct ArrayMatching {
    let node: Network.Node
    let layer: StoredLayer

    private static let knownNames: Set<String> = [
        "kernel", "bias", "gamma", "beta", "moving_mean", "moving_variance", "depthwise_kernel",
        "pointwise_kernel",
    ]

    /// The arrays in the network's order, or what is wrong with them.
    func ordered() -> (arrays: [StoredArray], problems: [ImportProblem]) {
        let expected = node.parameters
        guard layer.arrays.count == expected.count, let arrays = byName() ?? byPosition() else {
            let problem = ImportProblem.arrays(
                layer: node.name, className: node.layer.className,
                expected: expected.map { "\($0.name) \($0.shape)" },
                found: layer.arrays.map { "\($0.name) \($0.shape)" })
            return ([], [problem])
        }
        let problems = zip(expected, arrays).filter { $0.shape != $1.shape }.map { spec, array in
            ImportProblem.shape(
                layer: node.name, array: spec.name, expected: spec.shape, found: array.shape)
        }
        return (arrays, problems)
    }

    /// Whether every array is there with its shape.
    var fits: Bool { ordered().problems.isEmpty }

    /// The arrays by their names, if they are just the names that the layer has.
    private func byName() -> [StoredArray]? {
        let found = Dictionary(grouping: layer.arrays, by: \.name)
        let arrays = node.parameters.compactMap { found[$0.name]?.first }
        return arrays.count == node.parameters.count ? arrays : nil
    }

    /// The arrays as they stand, unless a name says that one is something else.
    private func byPosition() -> [StoredArray]? {
        let contradicts = zip(node.parameters, layer.arrays).contains { spec, array in
            Self.knownNames.contains(array.name) && role(array.name) != role(spec.name)
        }
        return contradicts ? nil : layer.arrays
    }

    /// Keras has called a depthwise kernel both `depthwise_kernel` and `kernel`.
    private func role(_ name: String) -> String { name == "depthwise_kernel" ? "kernel" : name }
}
