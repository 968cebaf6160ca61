import Layers
import Tensors

/// Gradient-weighted class activation maps: where in a picture a network sees a class.
///
/// The channels of a layer's output are added up, each as important as its mean gradient of the class's score, and
/// what speaks against the class is left out: `ReLU(Σ α_k A_k)`. The score is the logit: the number that goes into
/// the softmax or sigmoid that the network ends with, or its output where it ends without. Normalizations use their
/// running statistics, and nothing is dropped.
///
/// Selvaraju et al., "Grad-CAM: Visual Explanations from Deep Networks via Gradient-based Localization", 2017.
/// ```swift
/// let explainer = try GradCAM(network, parameters)
/// let map = try explainer.map(of: picture, class: 3).normalized.resized(height: 224, width: 224)
/// ```
public final class GradCAM {
    /// The layer whose output is looked at.
    public let layer: String
    /// The shape of its output, `[H, W, C]`.
    public let mapShape: Shape
    private let before: ExecutionPlan
    private let after: ExecutionPlan
    private let parameters: Parameters
    private let scoreShape: Shape

    /// An explainer of one picture after the other.
    /// - Parameter layer: its output must be a map; ``defaultLayer(of:)`` if nil.
    /// - Throws: ``InsightError``, `LayerError.unknownLayer`
    public init(_ network: Network, _ parameters: Parameters, layer: String? = nil) throws {
        guard let layer = layer ?? Self.defaultLayer(of: network) else {
            throw InsightError.noMaps(network: network.name)
        }
        let shape = try network.node(layer).outputShape
        guard shape.isMap else {
            throw InsightError.notAMap(
                layer: layer, shape: shape, suggestions: Self.mapLayers(of: network).suffix(3))
        }
        let split = try network.withoutShapeChangesAtEnd().split(after: layer)
        var mode = ExecutionPlan.Mode.inference
        mode.isTraining = true
        mode.wantsInputGradient = true
        mode.stopsBeforeSoftmax = true
        mode.stopsBeforeSigmoid = true
        before = try ExecutionPlan(split.before, batchSize: 1)
        after = try ExecutionPlan(split.after, batchSize: 1, mode: mode)
        (self.layer, self.parameters, mapShape) = (layer, parameters, shape)
        scoreShape = split.after.outputShape.batched(1)
    }

    /// The layers that give maps of several pixels, without those that pool, pad or crop, from the input to the
    /// output.
    public static func mapLayers(of network: Network) -> [String] {
        network.nodes.dropFirst().filter { node in
            let className = node.sharedLayer.className
            return node.outputShape.isMap
                && !["Pooling", "Padding", "Cropping"].contains(where: className.contains)
        }.map(\.name)
    }

    /// The last layer that gives a map, before pooling: what the paper recommends.
    public static func defaultLayer(of network: Network) -> String? { mapLayers(of: network).last }

    /// The map of one class, as small as the layer's output; no number is negative.
    /// - Parameter picture: what goes into the network, `[1, H, W, C]`.
    /// - Throws: ``InsightError/classNumber(_:count:)``, `LayerError` where the picture has another shape.
    public func map(of picture: Tensor, class label: Int) throws -> HeatMap {
        guard (0..<scoreShape.elementCount).contains(label) else {
            throw InsightError.classNumber(label, count: scoreShape.elementCount)
        }
        let joints = try before.forward([picture], parameters)
        _ = try after.forward(joints, parameters)
        var chosen = Tensor(zeros: scoreShape)
        chosen[label] = 1
        try after.backward(chosen, inputs: joints, parameters)
        // Without a gradient, the score does not depend on the layer.
        let gradient = after.inputGradient ?? Tensor(zeros: joints[0].shape)
        return combine(joints[0], by: importance(gradient))
    }

    /// The mean gradient of each channel.
    private func importance(_ gradient: Tensor) -> [Float] {
        let channels = mapShape[2]
        var sums = [Double](repeating: 0, count: channels)
        gradient.withElements { gradient in
            for index in gradient.indices { sums[index % channels] += Double(gradient[index]) }
        }
        return sums.map { Float($0 / Double(mapShape[0] * mapShape[1])) }
    }

    private func combine(_ activation: Tensor, by importance: [Float]) -> HeatMap {
        let values = activation.withElements { activation in
            (0..<mapShape[0] * mapShape[1]).map { pixel in
                let first = pixel * importance.count
                return max(
                    importance.indices.reduce(Float(0)) { $0 + importance[$1] * activation[first + $1] }, 0)
            }
        }
        return HeatMap(height: mapShape[0], width: mapShape[1], values: values)
    }
}

extension Shape {
    /// Whether it is `[H, W, C]` with more than one pixel either way.
    fileprivate var isMap: Bool { rank == 3 && self[0] > 1 && self[1] > 1 }
}
