import Foundation
import Graft
import TestSupport
import Testing

/// Looking into a run whose pictures are of several classes each, or of none.
@Suite struct MultiLabelInsightTests {
    private func withRun(_ body: (_ folder: URL, _ run: URL) throws -> Void) throws {
        try SmallExperiment.with(train: 3, test: 3) { small in
            var lines = ["file,labels,split"]
            for number in 0..<24 {
                let (top, left) = (number % 2 == 1, number / 2 % 2 == 1)
                let pixels = SmallExperiment.pixels(number, brightTop: top, brightLeft: left)
                try Image(height: 32, width: 32, channels: 1, pixels: pixels).png()
                    .write(to: small.folder.appending(path: "\(number).png"))
                let labels = [top ? "top" : nil, left ? "left" : nil].compactMap(\.self)
                let split = number < 8 ? "train" : number < 12 ? "val" : "test"
                lines.append("\(number).png,\(labels.joined(separator: ";")),\(split)")
            }
            try Data(lines.joined(separator: "\n").utf8).write(to: small.folder.appending(path: "labels.csv"))
            let yaml = small.yaml.split(separator: "\n").map(String.init)
                .filter { !$0.contains("class_names") && !$0.contains("splits:") }
                .map { $0.contains("idx:") ? "  multilabel_csv: labels.csv" : $0 }.joined(separator: "\n")
            try Data(yaml.utf8).write(to: small.configuration)
            let trained = try Program.graft(
                "train", "small.yaml", "--runs", "runs", "--threads", "1", "--set",
                "training.stages.0.epochs=1", "--set", "training.stages.1.epochs=1", in: small.folder)
            #expect(trained.status == 0, "\(trained.error)")
            try body(small.folder, small.runs.appending(path: "small-001"))
        }
    }

    @Test
    func `The map marks pictures by their classes together, and a mistake is any that is not told exactly`()
        throws
    {
        try withRun { folder, run in
            let outcome = try Program.graft("embed", "runs/small-001", in: folder)
            #expect(outcome.status == 0, "\(outcome.error)")
            let recorded = try CSVReader(contentsOf: run.appending(path: "predictions.csv")).records
            let found = try CSVReader(contentsOf: run.appending(path: "embedding_pca.csv")).records
            #expect(found.map { Array($0.fields[0...2]) } == recorded.map { Array($0.fields[0...2]) })
            #expect(Set(found.map { $0.fields[1] }) == ["", "left", "top", "left;top"])
            let drawing = try String(contentsOf: run.appending(path: "embedding_pca.svg"), encoding: .utf8)
            for name in ["no class", "left", "top", "left;top"] {
                #expect(drawing.contains(">\(name)</text>"), "\(name)")
            }
            let mistakes = recorded.count { $0.fields[1] != $0.fields[2] }
            #expect(mistakes == 0 || drawing.contains(">\(mistakes) of 12</text>"))
        }
    }

    @Test func `The surest mistakes are explained for the class that was told wrongly`() throws {
        try withRun { folder, run in
            let outcome = try Program.graft("explain", "runs/small-001", "--mistakes", "4", in: folder)
            #expect(outcome.status == 0, "\(outcome.error)")
            let table = run.appending(path: "explanations/mistakes.grad-cam.csv")
            let rows = try CSVReader(contentsOf: table).records.map(\.fields)
            let recorded = try CSVReader(contentsOf: run.appending(path: "predictions.csv"))
            let wrong = recorded.records.filter { $0.fields[1] != $0.fields[2] }
            #expect(rows.count == min(wrong.count, 4) && !rows.isEmpty)
            for row in rows {
                let own = try #require(wrong.first { $0.fields[0] == row[0] }).fields
                #expect(row[1] == own[1] && row[2] == own[2])
                let (isTrue, isTold) = (own[1].split(separator: ";"), own[2].split(separator: ";"))
                #expect(isTrue.contains { $0 == row[4] } != isTold.contains { $0 == row[4] })
                let column = try #require(recorded.header.firstIndex(of: row[4]))
                #expect(abs((Double(row[3]) ?? -1) - (Double(own[column]) ?? 1)) < 1e-5)
            }
        }
    }
}
