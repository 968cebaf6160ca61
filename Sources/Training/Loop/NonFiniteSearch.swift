import Layers
import Tensors

/// Where numbers that are not finite come from.
public enum NonFiniteOrigin: Sendable, Equatable, CustomStringConvertible {
    /// The pictures have them already.
    case pictures
    /// An array has them, before the step.
    case array(String)
    /// A layer makes them of inputs and arrays that are finite.
    case layer(String, className: String)

    /// What a person would say: "the first layer … is 'conv1'".
    public var description: String {
        switch self {
        case .pictures: "the pictures of the batch have values that are not finite"
        case .array(let name): "the array '\(name)' had values that are not finite before the step"
        case .layer(let name, let className):
            "layer '\(name)' (\(className)) was the first whose output is not finite"
        }
    }
}

/// Finds the first layer whose output is not finite, by running the forward pass again, layer by layer.
struct NonFiniteSearch {
    let network: Network
    let parameters: Parameters
    /// How the forward pass was run.
    let mode: ExecutionPlan.Mode
    let noiseSeed: UInt64

    /// Where the numbers come from; nil where none are found, because only the loss overflows.
    func origin(_ inputs: Tensor) throws -> NonFiniteOrigin? {
        guard inputs.isFinite else { return .pictures }
        if let key = network.parameters.map(\.key).first(where: { parameters[$0]?.isFinite == false }) {
            return .array("\(key)")
        }
        guard var found = try firstByHalving(inputs) else { return nil }
        // Branches stand side by side: go on to an input that is not finite, as long as there is one.
        while let earlier = try network.nodes[found].inputs.first(where: { try !isFinite($0, inputs) }) {
            found = earlier
        }
        let node = network.nodes[found]
        return .layer(node.name, className: node.layer.className)
    }

    /// A node whose output is not finite while that of the node before is.
    private func firstByHalving(_ inputs: Tensor) throws -> Int? {
        guard try !isFinite(network.output, inputs) else { return nil }
        var (finite, bad) = (0, network.output)
        while bad - finite > 1 {
            let middle = (finite + bad) / 2
            if try isFinite(middle, inputs) { finite = middle } else { bad = middle }
        }
        return bad
    }

    private func isFinite(_ node: Int, _ inputs: Tensor) throws -> Bool {
        guard node > 0 else { return true }
        var mode = mode
        mode.trainableLayers = []
        mode.stopsBeforeSoftmax = mode.stopsBeforeSoftmax && node == network.output
        let plan = try ExecutionPlan(
            network.until(network.nodes[node].name), batchSize: inputs.shape[0], mode: mode)
        return try plan.forward(inputs, parameters, seed: noiseSeed).isFinite
    }
}
