import Layers
import Tensors

/// How far training has moved a network's arrays from where they were, layer by layer.
public struct WeightChange: Sendable, Equatable {
    /// What became of a layer.
    public struct Layer: Sendable, Equatable {
        /// The layer's name.
        public var name: String
        /// Its layer group.
        public var group: String
        /// How many numbers gradient descent may change: all but the statistics.
        public var count: Int
        /// The Euclidean norm of those numbers, all arrays as one vector, before and after.
        public var normBefore, normAfter: Double
        /// `‖after − before‖ / ‖before‖`; nil where that is a division by 0.
        public var relativeChange: Double?
        /// The cosine of the angle between both; nil where one of them is 0.
        public var cosine: Double?
        /// The relative change of a normalization's running mean and variance; nil where it has none.
        public var statisticsChange: Double?
    }

    /// The layers that have arrays, in the network's order.
    public let layers: [Layer]

    /// Compares a network's arrays.
    /// - Throws: ``InsightError/incomparable(layer:array:)`` where an array is missing or has another shape.
    public init(of network: Network, from before: Parameters, to after: Parameters) throws(InsightError) {
        var layers: [Layer] = []
        for node in network.nodes where !node.parameters.isEmpty {
            var (weights, statistics) = (Comparison(), Comparison())
            for (key, spec) in zip(node.parameterKeys, node.parameters) {
                guard let old = before[key], let new = after[key], old.shape == new.shape else {
                    throw .incomparable(layer: key.layer, array: key.name)
                }
                if spec.isTrainable { weights.add(old, new) } else { statistics.add(old, new) }
            }
            layers.append(
                Layer(
                    name: node.name, group: node.group, count: weights.count,
                    normBefore: weights.before.squareRoot(), normAfter: weights.after.squareRoot(),
                    relativeChange: weights.relativeChange, cosine: weights.cosine,
                    statisticsChange: statistics.count == 0 ? nil : statistics.relativeChange))
        }
        self.layers = layers
    }
}

/// Sums over two vectors.
private struct Comparison {
    var count = 0
    var (before, after, difference, product) = (0.0, 0.0, 0.0, 0.0)

    mutating func add(_ old: Tensor, _ new: Tensor) {
        count += old.elementCount
        old.withElements { old in
            new.withElements { new in
                for index in old.indices {
                    let (a, b) = (Double(old[index]), Double(new[index]))
                    before += a * a
                    after += b * b
                    product += a * b
                    difference += (a - b) * (a - b)
                }
            }
        }
    }

    var relativeChange: Double? {
        before > 0 ? (difference / before).squareRoot() : difference == 0 ? 0 : nil
    }

    /// Of equal vectors exactly 1, whatever rounding makes of it.
    var cosine: Double? {
        guard before > 0, after > 0 else { return nil }
        return difference == 0 ? 1 : min(max(product / (before.squareRoot() * after.squareRoot()), -1), 1)
    }
}
