import Foundation
import TestSupport
import Testing

@testable import Reports

@Suite struct SweepReportTests {
    private static let importance = ["rate", "l2", "freeze"].enumerated().map {
        SweepReport.Importance(name: $1, value: 0.5 / Double($0 + 1), deviation: 0.1)
    }

    private static func figures(_ history: SweepHistory) -> [SweepReport.Figure] {
        SweepReport(history, importance: importance).figures
    }

    @Test func `Every view of a sweep is drawn, with its numbers beside it`() throws {
        let figures = Self.figures(SampleSweep.make(12))
        #expect(
            figures.map(\.name) == [
                "optimization_history", "parallel_coordinates", "importance", "slices", "contour",
                "pareto_front",
                "early_stopping",
            ])
        for figure in figures {
            let svg = try #require(ParsedSVG(figure.drawing), "\(figure.name)")
            #expect(!svg.elements.contains { $0.attributes.values.contains { $0.contains("nan") } })
            #expect(svg.elements.allSatisfy { !["script", "image", "use", "a"].contains($0.name) })
            #expect(!figure.table.rows.isEmpty)
            #expect(figure.table.rows.allSatisfy { $0.count == figure.table.header.count })
        }
    }

    @Test func `A sweep of one trial, of none that finished, or of one metric has what can be drawn`() {
        let one = SampleSweep.make(1, metrics: 1)
        #expect(
            SweepReport(one).figures.map(\.name) == [
                "optimization_history", "parallel_coordinates", "slices", "early_stopping",
            ])
        var none = one
        none.trials[0].state = "running"
        none.trials[0].values = [nil]
        none.trials[0].curve = []
        #expect(SweepReport(none).figures.map(\.name) == ["optimization_history"])
        none.trials = []
        #expect(SweepReport(none).figures.allSatisfy { ParsedSVG($0.drawing) != nil })
    }

    @Test func `Trials become a table that another program reads`() throws {
        let history = SampleSweep.make(4)
        let table = try CSVReader(history.table.text, file: "trials.csv").table
        #expect(
            table.header == [
                "trial", "state", "val_accuracy", "seconds", "epochs", "rate", "l2", "freeze", "error",
            ])
        #expect(table.rows.count == 4)
        #expect(table.rows[0][7] == "a, \"b\"")
        #expect(table.rows[2][8] == "no <such> file,\nor \"none\"")
        #expect(table.rows[2][2] == "")
    }

    @Test func `The best so far only ever gets better, and waits for trials that finished`() {
        var history = SampleSweep.make(4, metrics: 1)
        history.trials[0].values = [0.5]
        history.trials[1].values = [0.4]
        history.trials[3].values = [0.99]
        #expect(history.progressTable.rows.map { $0[3] } == ["0.5", "0.5", "0.5", "0.5"])
        history.trials[3].state = "finished"
        #expect(history.progressTable.rows.last?[3] == "0.99")
        #expect(history.best?.number == 4)
    }

    @Test func `The front holds what nothing beats, and equals`() throws {
        var history = SampleSweep.make(9)
        history.trials.remove(at: 2)
        for (index, values) in [
            (0.9, 9), (0.9, 9), (0.8, 8), (0.8, 9), (0.7, 1), (0.7, 2), (0.6, 5), (.nan, 0),
        ]
        .enumerated() {
            history.trials[index].state = "finished"
            history.trials[index].values = [values.0, Double(values.1)]
        }
        let front = try #require(TradeOff(history)).front
        #expect(Set(front.map(\.number)) == Set([0, 1, 2, 4].map { history.trials[$0].number }))
    }

    @Test func `A surface takes the value of trials near, and the two most important numbers`() throws {
        let surface = try #require(MetricSurface(SampleSweep.make(12), importance: ["freeze", "l2", "rate"]))
        #expect([surface.x.name, surface.y.name] == ["l2", "rate"])
        let values = surface.points.map(\.value)
        let (least, greatest) = (try #require(values.min()), try #require(values.max()))
        #expect(surface.cells.allSatisfy { least - 1e-9...greatest + 1e-9 ~= $0.value })
        #expect(surface.cells.count == MetricSurface.side * MetricSurface.side)
    }

    @Test func `Of trials that are equal by the first metric the best is the one that others do not beat`() {
        var history = SampleSweep.make(4)
        for index in history.trials.indices { history.trials[index].state = "finished" }
        for (index, values) in [[0.5, 9], [0.5, 3], [0.5, nil], [0.4, 1]].enumerated() {
            history.trials[index].values = values
        }
        #expect(history.best?.number == 2)
    }

    @Test func `A report is a table, and a drawing with its numbers for each view`() throws {
        try Fixtures.withTemporaryFolder { folder in
            try SweepReport(SampleSweep.make(12), importance: Self.importance).write(to: folder)
            let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
            #expect(names.filter { $0.hasSuffix(".svg") }.count == 7)
            #expect(names.filter { $0.hasSuffix(".csv") }.count == 8)
        }
    }

    @Test func `Marks on a logarithmic axis are neither alone nor crowded`() {
        let rate = SweepHistory.Parameter(name: "rate", isLogarithmic: true)
        func labels(_ low: Double, _ high: Double) -> [String] {
            ParameterScale(rate, [low, high]).ticks(count: 5).labels
        }
        #expect(labels(0.0002, 0.0064) == ["0.0003", "0.001", "0.003"])
        #expect(labels(0.001, 0.008) == ["0.001", "0.002", "0.005"])
        #expect(labels(1e-6, 1e-2).count == 5)
    }

    @Test func `Long values are cut off on an axis, and keep their number`() {
        let stages = SweepHistory.Parameter(
            name: "stages", choices: ["none", "[{name: head, freeze: backbone}]"])
        let labels = ParameterScale(stages, [0, 1]).ticks(count: 5).labels
        #expect(labels == ["none", "2: [{name: head, freez…"])
    }
}
