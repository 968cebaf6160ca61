import Foundation

/// Writes what a sweep came to into its folder: `trials.csv`, and a drawing for each view with its numbers beside it.
///
/// | file (`.svg`, `.csv`) | what it shows |
/// |---|---|
/// | `optimization_history` | every trial's metric, and the best so far |
/// | `parallel_coordinates` | a line for each finished trial through its settings |
/// | `importance` | how much each parameter matters; from 5 finished trials on |
/// | `slices` | the metric over each parameter |
/// | `contour` | the metric over the two most important numbers; from 4 finished trials on |
/// | `pareto_front` | what nothing beats in both of two metrics |
/// | `early_stopping` | the metric over the epochs; where trials have several |
public struct SweepReport {
    /// How much a parameter matters.
    public struct Importance: Sendable, Equatable {
        var name: String
        var value: Double
        var deviation: Double

        /// - Parameters:
        ///   - value: its share, from 0 to 1.
        ///   - deviation: how sure that is: a standard deviation.
        public init(name: String, value: Double, deviation: Double) {
            (self.name, self.value, self.deviation) = (name, value, deviation)
        }
    }

    /// A drawing with the numbers that it shows.
    package struct Figure {
        package var name: String
        package var drawing: SVGDocument
        package var table: CSVTable
    }

    /// The trials.
    package let history: SweepHistory
    private let importance: [Importance]

    /// - Parameter importance: the most important parameter first; empty where that cannot be told yet.
    public init(_ history: SweepHistory, importance: [Importance] = []) {
        self.history = history
        self.importance = importance
    }

    /// The drawings that there are trials enough for.
    package var figures: [Figure] {
        var figures = [
            Figure(
                name: "optimization_history", drawing: .optimizationHistoryPlot(history),
                table: history.progressTable)
        ]
        func add(
            _ name: String, if isThere: Bool, _ drawing: @autoclosure () -> SVGDocument, _ table: CSVTable
        ) {
            if isThere { figures.append(Figure(name: name, drawing: drawing(), table: table)) }
        }
        let hasSettings = !history.parameters.isEmpty && !history.finished.isEmpty
        add(
            "parallel_coordinates", if: hasSettings, .parallelCoordinatesPlot(history),
            history.finishedTable)
        add("importance", if: !importance.isEmpty, .importancePlot(importance), importanceTable)
        add("slices", if: hasSettings, .slicePlot(history), history.sliceTable)
        if let surface = MetricSurface(history, importance: importance.map(\.name)) {
            add("contour", if: true, .contourPlot(surface), surface.table)
        }
        if let front = TradeOff(history) {
            add("pareto_front", if: true, .paretoPlot(front), front.table)
        }
        let hasCurves = history.trials.contains { $0.curve.count > 1 }
        add("early_stopping", if: hasCurves, .stoppingCurvesPlot(history), history.curveTable)
        return figures
    }

    private var importanceTable: CSVTable {
        CSVTable(
            header: ["parameter", "importance", "deviation"],
            rows: importance.map { [$0.name, CSVTable.field($0.value), CSVTable.field($0.deviation)] })
    }

    /// Writes everything, each file whole or not at all.
    /// - Throws: ``ReportError/unwritable(file:reason:)``
    public func write(to folder: URL) throws(ReportError) {
        let figures = figures
        let files =
            [("trials.csv", history.table.text)]
            + figures.flatMap {
                [("\($0.name).svg", $0.drawing.text), ("\($0.name).csv", $0.table.text)]
            }
        try writeAtomically(files.map { (folder.appending(path: $0), Data($1.utf8)) })
    }

    /// A file as ``write(to:)`` writes it; nil where there is none of the name.
    package func file(_ name: String) -> String? {
        if name == "trials.csv" { return history.table.text }
        let parts = name.split(separator: ".", maxSplits: 1).map(String.init)
        guard parts.count == 2, let figure = figures.first(where: { $0.name == parts[0] }) else { return nil }
        return parts[1] == "svg" ? figure.drawing.text : parts[1] == "csv" ? figure.table.text : nil
    }
}
