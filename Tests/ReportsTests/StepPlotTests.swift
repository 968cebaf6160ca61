import Evaluation
import Foundation
import Reports
import TestSupport
import Testing

@Suite struct StepPlotTests {
    /// Steps whose loss falls with noise, in two stages with rates of their own.
    private static func steps(_ count: Int, rate: (Int) -> Double = { _ in 0.01 }) -> StepHistory {
        StepHistory(
            steps: (0..<count).map { index -> StepRecord in
                let (trend, noise) = (2 / Double(1 + index / 10), Double(index * 7 % 11) / 20)
                return StepRecord(
                    stage: index < count / 3 ? "head" : "everything", epoch: 1 + index / 10,
                    step: 1 + index % 10, learningRate: rate(index), loss: trend + noise,
                    accuracy: Double(index * 5 % 17) / 17, timings: StepTimings())
            })
    }

    @Test func `Steps are drawn as measured and smoothed, with their stages`() throws {
        let svg = try #require(ParsedSVG(.stepsPlot(Self.steps(90))))
        #expect(svg.texts("text").contains("90 steps · smoothed by 0.69"))
        #expect(svg.texts("text").count { $0 == "everything" } == 2)
        #expect(svg.all("path").count == 4)
        #expect(svg.all("line").count { $0.attributes["stroke-dasharray"] == "4 3" } == 2)
        #expect(try #require(ParsedSVG(.stepsPlot(Self.steps(9)))).all("path").count == 2)
    }

    @Test func `A long run's drawing stays small, and keeps its extremes`() throws {
        let document = SVGDocument.stepsPlot(Self.steps(100_000))
        #expect(document.text.utf8.count < 200_000)
        #expect(ParsedSVG(document) != nil)
    }

    @Test func `The learning rate's axis is logarithmic where it goes through more than a decade`() throws {
        func texts(_ rate: @escaping (Int) -> Double) throws -> [String] {
            try #require(ParsedSVG(.learningRateTrace(Self.steps(60, rate: rate)))).texts("text")
        }
        let wide = try texts { $0 < 20 ? 0.1 : 0.0001 }
        #expect(wide.contains("0.1") && wide.contains("0.01") && wide.contains("1e-4"))
        #expect(wide.contains("60 steps · from 0.1 to 0.0001 · greatest 0.1"))
        let narrow = try texts { 0.01 + Double($0) / 10_000 }
        #expect(narrow.contains("0") && narrow.contains("0.01"))
        // A warm-up from zero, and rates that are no numbers, are drawn all the same.
        #expect(
            try texts { $0 == 0 ? 0 : 0.1 / Double($0) }.contains(
                "60 steps · from 0 to 0.00169 · greatest 0.1"))
        for rate in [0, -1, .nan, .infinity, 1e-300, 1e300] { _ = try texts { _ in rate } }
    }

    @Test func `Steps read back from the table are those that were written`() throws {
        let history = Self.steps(25)
        try Fixtures.withTemporaryFolder { folder in
            var table = try StepTable(in: folder)
            for step in history.steps { table.add(step) }
            try table.flush()
            let file = folder.appending(path: "steps.csv")
            #expect(try StepHistory(contentsOfCSV: file) == history)
            try EvidenceWriter(folder: folder).write(history)
            for name in ["steps.svg", "learning_rate.svg"] {
                #expect(FileManager.default.fileExists(atPath: folder.appending(path: name).path))
            }
            try Data("stage,epoch\nhead,1\n".utf8).write(to: file)
            #expect(throws: ReportError.self) { try StepHistory(contentsOfCSV: file) }
        }
    }

    @Test func `A table without times of updates, as earlier versions wrote it, is read and gone on with`()
        throws
    {
        try Fixtures.withTemporaryFolder { folder in
            let file = folder.appending(path: "steps.csv")
            let header =
                "stage,epoch,step,learning_rate,loss,accuracy,data_seconds,forward_seconds,backward_seconds"
            // The second step is after the last checkpoint, the third was cut off.
            let rows = "head,1,1,0.1,2,0.5,1,2,3\nhead,1,2,0.1,2,0.5,1,2,3\nhead,1,3,0.1"
            try Data("\(header)\n\(rows)".utf8).write(to: file)
            var table = try StepTable(in: folder, before: 1, after: 1)
            #expect(table.timings == StepTimings(data: 1, forward: 2, backward: 3))
            table.add(
                StepRecord(
                    stage: "head", epoch: 1, step: 2, learningRate: 0.1, loss: 1, accuracy: 1,
                    timings: StepTimings(data: 1, forward: 1, backward: 1, update: 0.5)))
            try table.flush()
            #expect(try StepHistory(contentsOfCSV: file).steps.map(\.timings.update) == [0, 0.5])
            try Data("\(header)\nhead,1,1,0.1,2,0.5,1,2,3\n".utf8).write(to: file)
            #expect(try StepHistory(contentsOfCSV: file).steps.map(\.timings.backward) == [3])
            let json = Data(#"{"data": 1, "forward": 2, "backward": 3}"#.utf8)
            #expect(
                try JSONDecoder().decode(StepTimings.self, from: json)
                    == StepTimings(data: 1, forward: 2, backward: 3))
        }
    }
}
