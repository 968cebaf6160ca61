import Architectures
import Foundation
import Layers
import Tensors

/// A network on small pictures, trained by the mean softmax cross-entropy: what the gradients of fixtures
/// are gradients of. `Tests/Fixtures/oracle/reference.py` is the other half.
protocol SmallNetwork {
    var network: String { get }
    var alpha: Double { get }
    /// The pictures' height and width.
    var size: Int { get }
    /// How many pictures there are; their numbers are their labels.
    var batch: Int { get }
    /// Whether normalizations take the batch's statistics, and not the running ones.
    var usesBatchStatistics: Bool { get }
}

extension SmallNetwork {
    private var classes: Int { 10 }

    /// The network with a classifier: its own, or one behind VGG's last pooling.
    func build() throws -> Network {
        let architecture = try Architecture.named(network)
        let input: Shape = [size, size, 3]
        guard network.hasPrefix("vgg") else {
            return try architecture.network(input: input, alpha: alpha, classes: classes)
        }
        var builder = NetworkBuilder(extending: try architecture.network(input: input, includeTop: false))
        let features = try builder.add(Flatten("flatten"), to: builder.end)
        let predictions = try builder.add(
            Dense("predictions", units: classes, activation: .softmax), to: features)
        return builder.build(output: predictions)
    }

    /// A plan that trains every layer.
    func plan(_ network: Network) throws -> ExecutionPlan {
        var mode = ExecutionPlan.Mode.training(Set(network.nodes.map(\.name)))
        mode.dropsOut = false
        if !usesBatchStatistics { mode.batchStatisticsLayers = [] }
        return try ExecutionPlan(network, batchSize: batch, mode: mode)
    }

    /// The gradient of the mean cross-entropy with respect to the logits.
    func upstream(_ logits: Tensor) -> Tensor {
        let elements = logits.elements
        let gradient = (0..<batch).flatMap { number in
            let logits = elements[number * classes..<(number + 1) * classes].map(Double.init)
            // Random weights can make logits whose exponentials are too large for a number.
            let largest = logits.max() ?? 0
            let row = logits.map { exp($0 - largest) }
            let sum = row.reduce(0, +)
            return row.enumerated().map { column, value in
                Float((value / sum - (column == number % classes ? 1 : 0)) / Double(batch))
            }
        }
        return Tensor(gradient, shape: logits.shape)
    }
}
