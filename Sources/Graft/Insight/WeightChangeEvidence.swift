import Experiments
import Foundation
import Insight
import Layers
import Reports

/// What fine-tuning has moved: how far each layer's arrays are from those that training began with.
public struct WeightChangeEvidence: Sendable {
    /// The numbers.
    public let change: WeightChange
    private let imported: Set<String>
    private let trained: Set<String>

    /// The evidence of an experiment that has been run; nil where nothing was imported.
    /// - Parameter parameters: the network's arrays at the end.
    /// - Throws: `InsightError`
    public init?(_ experiment: Experiment, _ parameters: Parameters) throws {
        guard let report = experiment.importReport else { return nil }
        change = try WeightChange(
            of: experiment.savedNetwork, from: experiment.parameters, to: parameters)
        imported = Set(report.imported.map(\.name))
        trained = try experiment.configuration.trainedLayers(of: experiment.savedNetwork)
    }

    /// The evidence of a finished run, from the file that its weights are from; nil where nothing was imported.
    /// - Throws: `KerasFileError` where that file is no longer there, or is another.
    public init?(_ model: TrainedModel) throws {
        let network = model.classifier.network
        let (before, report) = try model.configuration.model.parameters(
            of: network, seed: model.configuration.seed)
        guard let report else { return nil }
        change = try WeightChange(of: network, from: before, to: model.classifier.parameters)
        imported = Set(report.imported.map(\.name))
        trained = try model.configuration.trainedLayers(of: network)
    }

    /// The layers to be drawn.
    public var figure: WeightChangeFigure {
        WeightChangeFigure(
            layers: change.layers.map { layer in
                .init(
                    name: layer.name, group: layer.group, change: layer.relativeChange,
                    statisticsChange: layer.statisticsChange, isTrained: trained.contains(layer.name),
                    isImported: imported.contains(layer.name))
            })
    }

    /// A row a layer.
    public var table: CSVTable {
        CSVTable(
            header: [
                "layer", "group", "parameters", "imported", "trained", "norm_before", "norm_after",
                "relative_change", "cosine", "statistics_change",
            ],
            rows: change.layers.map { layer in
                [
                    layer.name, layer.group, "\(layer.count)", "\(imported.contains(layer.name))",
                    "\(trained.contains(layer.name))", CSVTable.field(layer.normBefore),
                    CSVTable.field(layer.normAfter),
                ] + [layer.relativeChange, layer.cosine, layer.statisticsChange].map(CSVTable.field)
            })
    }

    /// Writes `weight_change.csv` and `weight_change.svg`.
    /// - Throws: `ReportError` where a file cannot be written.
    public func write(to folder: URL) throws(ReportError) {
        let writer = EvidenceWriter(folder: folder)
        try writer.write(table, named: "weight_change.csv")
        try writer.write(.weightChangePlot(figure), named: "weight_change.svg")
    }
}
