import Evaluation
import Foundation
import Reports
import TestSupport
import Testing

@Suite struct EvidenceWriterTests {
    private static let tables = [
        "summary.csv", "classification_report.csv", "confusion_matrix.csv", "confusion_matrix_normalized.csv",
        "confusion_matrix_by_column.csv", "confusion_matrix_by_all.csv", "roc.csv", "roc_auc.csv",
        "precision_recall.csv", "average_precision.csv", "det.csv", "thresholds.csv", "calibration.csv",
        "top_k.csv", "auc_intervals.csv",
    ]

    @Test(arguments: tables)
    func `Every table has what scikit-learn makes of the same predictions`(_ name: String) throws {
        let predictions = try Predictions(contentsOfCSV: Fixtures.url("reports/predictions.csv"))
        let expected = try CSVReader(contentsOf: Fixtures.url("reports/expected/\(name)"))
        try Fixtures.withTemporaryFolder { folder in
            try EvidenceWriter(folder: folder).write(predictions)
            let found = try CSVReader(contentsOf: folder.appending(path: name))
            #expect(found.header == expected.header)
            try #require(found.records.count == expected.records.count)
            for (a, b) in zip(found.records, expected.records) {
                #expect(zip(a.fields, b.fields).allSatisfy(isSame), "\(a.fields), expected \(b.fields)")
            }
        }
    }

    /// Predictions of several classes a sample, as `predictions.csv` has them.
    private static func multiLabelPredictions() throws -> MultiLabelPredictions {
        let reader = try CSVReader(contentsOf: Fixtures.url("reports/multilabel/predictions.csv"))
        let names = Array(reader.header.dropFirst(4))
        return try MultiLabelPredictions(
            classNames: names,
            rows: reader.records.map { record in
                let labels = record.fields[1].split(separator: ";").map(String.init)
                return .init(
                    identifier: record.fields[0], labels: names.map(labels.contains),
                    scores: record.fields.dropFirst(4).compactMap(Double.init), group: record.fields[3])
            })
    }

    @Test(arguments: [
        "multilabel_confusion_matrix.csv", "classification_report.csv", "summary.csv", "roc.csv",
        "roc_auc.csv", "precision_recall.csv", "average_precision.csv", "det.csv", "thresholds.csv",
        "calibration.csv", "auc_intervals.csv",
    ])
    func `Every table of several classes a sample has what scikit-learn makes of them`(_ name: String) throws
    {
        let expected = try CSVReader(contentsOf: Fixtures.url("reports/multilabel/expected/\(name)"))
        try Fixtures.withTemporaryFolder { folder in
            try EvidenceWriter(folder: folder).write(Self.multiLabelPredictions())
            let found = try CSVReader(contentsOf: folder.appending(path: name))
            #expect(found.header == expected.header)
            try #require(found.records.count == expected.records.count)
            for (a, b) in zip(found.records, expected.records) {
                #expect(zip(a.fields, b.fields).allSatisfy(isSame), "\(a.fields), expected \(b.fields)")
            }
        }
    }

    @Test func `Several classes a sample have their predictions written as Python does, and drawings`() throws
    {
        try Fixtures.withTemporaryFolder { folder in
            let names = try EvidenceWriter(folder: folder).write(Self.multiLabelPredictions())
                .map(\.lastPathComponent)
            #expect(
                try Data(contentsOf: folder.appending(path: "predictions.csv"))
                    == Data(contentsOf: Fixtures.url("reports/multilabel/predictions.csv")))
            for name in [
                "roc", "precision_recall", "det", "thresholds", "calibration", "auc_intervals", "groups",
            ] {
                #expect(names.contains("\(name).csv"))
                #expect(names.contains("\(name).svg"))
            }
            #expect(try Predictions.ofRun(in: folder) == nil)
        }
    }

    @Test func `A temperature scales all evidence, and says what was before`() throws {
        let predictions = try Predictions(contentsOfCSV: Fixtures.url("reports/predictions.csv"))
        try Fixtures.withTemporaryFolder { folder in
            let writer = EvidenceWriter(folder: folder)
            try writer.write(predictions, at: TemperatureScaling(temperature: 2))
            let before = folder.appending(path: "calibration_before.csv")
            let (found, expected) = (
                try CSVReader(contentsOf: before),
                try CSVReader(contentsOf: Fixtures.url("reports/expected/calibration.csv"))
            )
            #expect(found.records.count == expected.records.count)
            for (a, b) in zip(found.records, expected.records) {
                #expect(zip(a.fields, b.fields).allSatisfy(isSame))
            }
            let drawing = try String(contentsOf: folder.appending(path: "calibration.svg"), encoding: .utf8)
            #expect(drawing.contains("before: ECE") && drawing.contains("at temperature 2.000: ECE"))
            let scaled = try TemperatureScaling(temperature: 2)(predictions)
            #expect(try Predictions(contentsOfCSV: folder.appending(path: "predictions.csv")) == scaled)
            try writer.write(predictions)
            #expect(!FileManager.default.fileExists(atPath: before.path))
        }
    }

    @Test func `All files are there, and nothing else is left behind`() throws {
        let predictions = try Predictions(contentsOfCSV: Fixtures.url("reports/predictions.csv"))
        try Fixtures.withTemporaryFolder { parent in
            let folder = parent.appending(path: "new/evidence")
            let writer = EvidenceWriter(folder: folder)
            let files = try writer.write(predictions) + writer.write(SampleHistory.twoStages)
            // Once more, over the old ones.
            try writer.write(predictions)
            let names = try FileManager.default.contentsOfDirectory(
                atPath: folder.path(percentEncoded: false))
            #expect(Set(names) == Set(files.map(\.lastPathComponent)))
            #expect(names.count == 27)
            let text = try String(contentsOf: folder.appending(path: "roc.svg"), encoding: .utf8)
            #expect(text == SVGDocument.rocPlot(OneVsRestROC(predictions)).text)
        }
    }

    @Test func `The epochs' table has empty fields where there was no validation`() {
        let epochs = [
            EpochRecord(
                stage: "head, new", epoch: 1, learningRate: 1e-3, loss: 1.5, accuracy: 0.5, seconds: 2,
                imagesPerSecond: 64),
            EpochRecord(
                stage: "all", epoch: 2, learningRate: 1e-5, loss: 1.25, accuracy: 0.75, validationLoss: 2,
                validationAccuracy: 0.25, seconds: 4, imagesPerSecond: 32),
        ]
        let header =
            "stage,epoch,learning_rate,loss,accuracy,val_loss,val_accuracy,seconds,images_per_second,"
            + "val_balanced_accuracy,val_f1_macro,val_auc\n"
        #expect(
            CSVTable(LearningHistory(epochs: epochs)).text
                == header
                + "\"head, new\",1,0.001,1.5,0.5,,,2.0,64.0,,,\nall,2,1e-05,1.25,0.75,2.0,0.25,4.0,32.0,,,\n")
    }

    @Test func `Scores that are not probabilities are refused before anything is written`() throws {
        let row = Predictions.Row(identifier: "x.png", label: 0, scores: [3, -1])
        let predictions = try Predictions(classNames: ["a", "b"], rows: [row])
        try Fixtures.withTemporaryFolder { parent in
            let folder = parent.appending(path: "evidence")
            let error = #expect(throws: ReportError.self) {
                try EvidenceWriter(folder: folder).write(predictions)
            }
            let sentence =
                "predictions.csv: sample 'x.png': expected a probability from 0 to 1 for class 'a', found 3.0"
            #expect(error?.description.hasSuffix(sentence) == true)
            #expect(!FileManager.default.fileExists(atPath: folder.path(percentEncoded: false)))
        }
    }

    @Test func `A folder that cannot be made is named`() throws {
        try Fixtures.withTemporaryFolder { parent in
            let file = parent.appending(path: "file")
            try Data().write(to: file)
            let error = #expect(throws: ReportError.self) {
                try EvidenceWriter(folder: file.appending(path: "evidence")).write(SampleHistory.twoStages)
            }
            #expect(error?.description.contains("file/evidence: cannot be written: ") == true)
        }
    }

    private func isSame(_ found: String, _ expected: String) -> Bool {
        if found == expected { return true }
        guard let found = Double(found), let expected = Double(expected) else { return false }
        return abs(found - expected) <= 1e-9
    }

    @Test func `Files that are written together are all there, or none is`() throws {
        try Fixtures.withTemporaryFolder { folder in
            let first = folder.appending(path: "a.csv")
            try writeAtomically([(first, Data("1".utf8)), (folder.appending(path: "b.csv"), Data())])
            let missing = folder.appending(path: "missing/c.csv")
            do {
                try writeAtomically([(first, Data("2".utf8)), (missing, Data("3".utf8))])
                Issue.record("there is no folder for the second")
            } catch {
                #expect("\(error)".hasPrefix("\(missing.path): cannot be written: No such file"))
                #expect("\(error)".hasSuffix("No such file or directory"))
            }
            #expect(try String(contentsOf: first, encoding: .utf8) == "1")
            let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
            #expect(names.sorted() == ["a.csv", "b.csv"])
        }
    }
}
