import Datasets
import Experiments
import Foundation
import Insight
import Layers
import Tensors

/// Explains what a classifier says of pictures: where in them it sees a class.
///
/// ```swift
/// let explainer = try Explainer(TrainedModel(run).classifier, method: .gradCAM())
/// let explanation = try explainer.explanation(of: Image(contentsOfFile: "rose.jpg"))
/// ```
public struct Explainer {
    /// How.
    public enum Method: Sendable {
        /// From the gradients at a layer; the last that gives a map if nil.
        case gradCAM(layer: String? = nil)
        /// By covering parts of the picture; see `Occlusion`.
        case occlusion(patch: Int? = nil, stride: Int? = nil, fill: Occlusion.Fill = .mean)
    }

    private let classifier: ImageClassifier
    private let maker: Maker

    /// What makes the maps.
    private enum Maker {
        case gradCAM(GradCAM)
        case occlusion(Occlusion)
    }

    /// An explainer of a classifier.
    /// - Throws: `InsightError`, `LayerError` where a layer gives no map, or there is none of the name.
    public init(_ classifier: ImageClassifier, method: Method) throws {
        self.classifier = classifier
        maker =
            switch method {
            case .gradCAM(let layer):
                .gradCAM(try GradCAM(classifier.network, classifier.parameters, layer: layer))
            case .occlusion(let patch, let stride, let fill):
                .occlusion(
                    Occlusion(patch: patch, stride: stride, fill: fill, for: classifier.network.inputShape))
            }
    }

    /// How the maps are made, in a few words.
    public var method: String {
        switch maker {
        case .gradCAM(let gradCAM): "Grad-CAM, layer \(gradCAM.layer)"
        case .occlusion(let occlusion):
            "occlusion, patches of \(occlusion.patch) pixels every \(occlusion.stride), "
                + (occlusion.fill == .mean ? "mean colour" : "zero")
        }
    }

    /// The method as a file's name has it.
    public var methodName: String {
        switch maker {
        case .gradCAM: "grad-cam"
        case .occlusion: "occlusion"
        }
    }

    /// What the ends of the maps' colour scale stand for.
    public var scale: (low: String, high: String) {
        switch maker {
        case .gradCAM: ("does not count", "counts most")
        case .occlusion: ("no fall", "greatest fall")
        }
    }

    /// How the greatest number of a map is written.
    func text(ofGreatest value: Double) -> String {
        switch maker {
        case .gradCAM: value > 0 ? String(format: "%.3g", value) : "nothing speaks for it"
        case .occlusion: "falls by up to \(String(format: "%.3g", max(value, 0) * 100)) %"
        }
    }

    /// What is worth knowing of a map that is so coarse that it says little; nil of others.
    public var remark: String? {
        guard case .gradCAM(let gradCAM) = maker,
            min(gradCAM.mapShape[0], gradCAM.mapShape[1]) < Self.coarse
        else { return nil }
        let network = classifier.network
        let finer = GradCAM.mapLayers(of: network).last { name in
            (try? network.node(name).outputShape).map { min($0[0], $0[1]) >= Self.coarse } ?? false
        }
        return "layer \(gradCAM.layer) gives a map of \(gradCAM.mapShape[0]) × \(gradCAM.mapShape[1]) only"
            + (finer.map { "; for a finer one: --layer \($0)" } ?? "")
    }

    /// Smaller maps tell hardly more than sides.
    private static let coarse = 4

    /// The explanation of a picture of any size.
    /// - Parameters:
    ///   - labels: the classes that are looked for; the likeliest if empty.
    ///   - observe: hears how many of how many parts are done.
    public func explanation(
        of image: Image, classes labels: [Int] = [], observe: (Int, Int) throws -> Void = { _, _ in }
    ) throws -> Explanation {
        let input = classifier.network.inputShape
        let picture = classifier.scaling.tensor(of: [image.fitted(to: input)], input: input)
        let scores = try classifier.scores(picture).elements.map(Double.init)
        var explanation = Explanation(
            image: image, classNames: classifier.classNames, scores: scores,
            isMultiLabel: classifier.isMultiLabel, method: method, maps: [])
        let labels = labels.isEmpty ? [explanation.predicted] : labels
        for (index, label) in labels.enumerated() {
            explanation.maps.append(
                try map(of: picture, label) { done, total in
                    try observe(index * total + done, labels.count * total)
                })
        }
        return explanation
    }

    private func map(
        of picture: Tensor, _ label: Int, observe: (Int, Int) throws -> Void
    ) throws -> Explanation.ClassMap {
        switch maker {
        case .gradCAM(let gradCAM):
            let map = try gradCAM.map(of: picture, class: label)
            let cellHeight = Double(picture.shape[1]) / Double(map.height)
            let cellWidth = Double(picture.shape[2]) / Double(map.width)
            try observe(1, 1)
            return Explanation.ClassMap(
                label: label, heat: map.normalized,
                cells: cells(
                    map, tops: (0..<map.height).map { Double($0) * cellHeight },
                    lefts: (0..<map.width).map { Double($0) * cellWidth }, height: cellHeight,
                    width: cellWidth
                ))
        case .occlusion(let occlusion):
            let result = try occlusion.map(
                of: picture, class: label, predict: classifier.scores, observe: observe)
            let side = Double(occlusion.patch)
            return Explanation.ClassMap(
                label: label, heat: result.map.normalized,
                cells: cells(
                    result.falls, tops: result.tops.map(Double.init), lefts: result.lefts.map(Double.init),
                    height: side, width: side))
        }
    }

    private func cells(
        _ map: HeatMap, tops: [Double], lefts: [Double], height: Double, width: Double
    ) -> [Explanation.Cell] {
        let shares = map.normalized
        return tops.indices.flatMap { row in
            lefts.indices.map { column in
                Explanation.Cell(
                    top: tops[row], left: lefts[column], height: height, width: width,
                    value: Double(map[row, column]), share: Double(shares[row, column]))
            }
        }
    }
}
