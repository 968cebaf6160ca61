import Datasets
import Foundation
import Insight
import Reports
import Tensors
import Wording

/// Pictures on a plane, as close to one another as a network's descriptions of them are.
public struct EmbeddingMap: Sendable {
    /// How features become places on a plane.
    public enum Method: Sendable, Equatable {
        /// The first two principal components.
        case pca
        /// See `TSNE`.
        case tsne(TSNE)

        /// The method as a file's name has it.
        public var name: String { self == .pca ? "pca" : "tsne" }
    }

    /// The method.
    public let method: Method
    /// The places and what is there.
    public let figure: ScatterFigure
    /// How many of each point's five nearest are among its nearest before, as a measure from 0 to 1; nil of few
    /// points.
    public let trustworthiness: Double?

    /// Puts features on a plane.
    /// - Parameters:
    ///   - features: of some of the dataset's pictures.
    ///   - classNames: what the network tells; where the dataset's are others, no point counts as mistaken.
    ///   - layer: where the features are from.
    ///   - observe: hears how many steps of how many are done, of t-SNE.
    /// - Throws: `InsightError`
    public init(
        _ features: FeatureExtractor.Features, of dataset: Dataset, classNames: [String], layer: String,
        method: Method, observe: (Int, Int) throws -> Void = { _, _ in }
    ) throws {
        self.method = method
        let places: Matrix
        let axes: (x: String, y: String)
        let remark: String
        switch method {
        case .pca:
            let pca = try PCA(features.samples)
            places = pca.projected(features.samples)
            let shares = pca.explainedVarianceRatio.map(percent)
            axes = ("component 1 (\(shares[0]) of the variance)", "component 2 (\(shares.last ?? ""))")
            remark = "principal components"
        case .tsne(let tsne):
            let result = try tsne.map(of: features.samples, observe: observe)
            (places, axes) = (result.points, ("", ""))
            remark =
                "t-SNE\(result.method == .barnesHut ? " (Barnes-Hut)" : ""), "
                + "perplexity \(tsne.perplexity.formatted()), divergence "
                + String(format: "%.3f", result.divergence)
        }
        trustworthiness =
            features.samples.rows > 12 ? Insight.trustworthiness(of: places, for: features.samples) : nil
        let truths = features.indices.map { dataset.classNames(of: $0).joined(separator: ";") }
        let predictions = features.told.map { $0.map { classNames[$0] }.joined(separator: ";") }
        let isSame = dataset.classNames == classNames
        let sets =
            dataset.labelling == .multiple || features.told.contains { $0.count != 1 }
            ? LabelSets(truths, predictions: predictions) : nil
        figure = ScatterFigure(
            name: "graft-embedding-\(method.name)",
            title: "How the network sees \(features.indices.count) pictures",
            subtitle: "layer \(layer) · \(remark)"
                + (trustworthiness.map { " · trustworthiness \(String(format: "%.3f", $0))" } ?? ""),
            axes: axes, classNames: sets?.names ?? dataset.classNames,
            points: features.indices.indices.map { row in
                let sample = dataset.samples[features.indices[row]]
                let isMistaken = isSame && predictions[row] != truths[row]
                return ScatterFigure.Point(
                    name: sample.identifier, label: sets?.number(of: truths[row]) ?? sample.label,
                    truth: truths[row], predicted: predictions[row],
                    mistakenFor: isMistaken
                        ? sets?.number(of: predictions[row]) ?? features.predicted[row] : nil,
                    x: places[row, 0], y: places.columns > 1 ? places[row, 1] : 0)
            })
    }

    /// Writes `embedding_pca.csv` and `.svg`, or `embedding_tsne.csv` and `.svg`.
    /// - Returns: the drawing.
    /// - Throws: `ReportError` where a file cannot be written.
    @discardableResult
    public func write(to folder: URL) throws -> URL {
        let name = "embedding_\(method.name)"
        let writer = EvidenceWriter(folder: folder)
        try writer.write(CSVTable(figure), named: "\(name).csv")
        try writer.write(.scatterPlot(figure), named: "\(name).svg")
        return folder.appending(path: "\(name).svg")
    }
}
