import Foundation
import Graft
import TestSupport
import Testing

@Suite struct DataTests {
    @Test func `A look at the data tells counts, splits, sizes and duplicates, and writes tables`() throws {
        try SmallExperiment.with(train: 12, test: 6) { small in
            let outcome = try Program.run(
                Program.graft,
                ["data", small.configuration.path(percentEncoded: false), "--to", "tables"], in: small.folder)
            #expect(outcome.status == 0, "\(outcome.error)")
            #expect(
                outcome.output.contains(
                    "18 pictures in 3 classes; splits: the data's own train and test; validation drawn, stratified"
                ))
            #expect(outcome.output.contains("CLASS   TRAIN  VALIDATION  TEST"))
            #expect(outcome.output.contains("all         9           3     6"))
            #expect(outcome.output.contains("sizes       32 × 32 grey (18)"))
            let table = try String(
                contentsOf: small.folder.appending(path: "tables/class_balance.csv"), encoding: .utf8)
            #expect(
                table.hasPrefix(
                    "class,train,validation,test,train_share,validation_share,test_share\ndark,3,1,2,"))
            #expect(
                FileManager.default.fileExists(
                    atPath: small.folder.appending(path: "tables/duplicates.csv").path))
        }
    }

    @Test func `Broken pictures are named, and the exit code is 1`() throws {
        try Fixtures.withTemporaryFolder { folder in
            for name in ["a/1.png", "a/2.png", "b/1.png", "b/2.png"] {
                let file = folder.appending(path: "pictures/\(name)")
                try FileManager.default.createDirectory(
                    at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
                try Data("no picture".utf8).write(to: file)
            }
            let yaml = """
                name: x
                data: {image_folder: pictures, splits: {validation: 0, test: 0.5}}
                model: {architecture: mobilenet, weights: none}
                training: {stages: [{epochs: 1, learning_rate: 0.1}]}
                """
            try Data(yaml.utf8).write(to: folder.appending(path: "x.yaml"))
            let outcome = try Program.graft("data", "x.yaml", in: folder)
            #expect(outcome.status == 1)
            #expect(outcome.output.contains("broken      pictures/a/1.png: not a readable picture"))
        }
    }

    @Test func `Pictures that are not read and classes that a split lacks are told before training`() throws {
        try Fixtures.withTemporaryFolder { folder in
            let names = ["train/a/1.png", "train/b/2.png", "test/a/3.png", "test/b/4.png"]
            for name in names + ["train/a/5.bmp", "test/b/6.webp", "test/b/7.webp"] {
                let file = folder.appending(path: "pictures/\(name)")
                try FileManager.default.createDirectory(
                    at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
                try FileManager.default.copyItem(at: Fixtures.url("datasets/images/rgb.png"), to: file)
            }
            let yaml = """
                name: x
                data: {image_folder: pictures, splits: {validation: 0}}
                model: {architecture: mobilenet, alpha: 0.25, input_size: 32, weights: none}
                training: {stages: [{epochs: 1, learning_rate: 0.1}]}
                """
            try Data(yaml.utf8).write(to: folder.appending(path: "x.yaml"))
            let outcome = try Program.graft("data", "x.yaml", in: folder)
            #expect(outcome.status == 0, "\(outcome.error)")
            #expect(
                outcome.output.contains(
                    "unread      3 pictures passed over: 1 .bmp, 2 .webp; convert them to .png or .jpg"))
            let check = try Program.graft("train", "x.yaml", "--check", in: folder)
            #expect(check.output.contains("unread    3 pictures passed over"), "\(check.error)")
            try Data("path,label,split\n1.png,a,train\n1.png,b,train\n1.png,a,test\n".utf8)
                .write(to: folder.appending(path: "list.csv"))
            try FileManager.default.copyItem(
                at: Fixtures.url("datasets/images/rgb.png"), to: folder.appending(path: "1.png"))
            try Data(yaml.replacing("image_folder: pictures", with: "csv: list.csv").utf8)
                .write(to: folder.appending(path: "x.yaml"))
            let listed = try Program.graft("data", "x.yaml", in: folder)
            try Data(
                "path,label,split,subject\n1.png,a,train,S1\n1.png,b,train,S2\n1.png,a,test,S1\n1.png,b,test,S3\n"
                    .utf8
            ).write(to: folder.appending(path: "list.csv"))
            let torn = try Program.graft("train", "x.yaml", "--check", in: folder)
            #expect(
                torn.output.contains("groups    1 of 3 (subjects) are in more than one split"),
                "\(torn.error)"
            )
            #expect(listed.output.contains("missing     test has no pictures of b"), "\(listed.error)")
        }
    }

    @Test func `What shows only beside the pictures or the network is told with its place`() throws {
        try SmallExperiment.with(train: 12, test: 6) { small in
            let file = "small.yaml"
            let text = try String(contentsOf: small.configuration, encoding: .utf8)
            let wrong = text.replacing("freeze: backbone", with: "freeze: bckbone")
            try #require(wrong != text)
            try Data(wrong.utf8).write(to: small.configuration)
            let rows = wrong.split(separator: "\n", omittingEmptySubsequences: false)
            let row = try #require(rows.firstIndex { $0.contains("bckbone") })
            let outcome = try Program.run(Program.graft, ["plan", file], in: small.folder)
            #expect(outcome.status == 1)
            #expect(
                outcome.error.hasPrefix("error: \(file):\(row + 1):")
                    && outcome.error.contains(": training.stages[0].freeze: network"), "\(outcome.error)")
            let set = try Program.run(
                Program.graft, ["train", file, "--set", "training.stages.0.freeze=[x]"], in: small.folder)
            #expect(
                set.error.hasPrefix(
                    "error: --set training.stages.0.freeze=[x]: training.stages[0].freeze: network"),
                "\(set.error)")
        }
    }

    @Test func `A run of each fold ends with a table of all`() throws {
        try SmallExperiment.with(train: 24, test: 12) { small in
            let outcome = try Program.run(
                Program.graft,
                [
                    "train", small.configuration.path(percentEncoded: false), "--all-folds", "--runs", "runs",
                    "--threads", "1", "--set", "data.folds=3", "--set", "training.stages.0.epochs=1", "--set",
                    "training.stages.1.epochs=1",
                ], in: small.folder)
            #expect(outcome.status == 0, "\(outcome.error)")
            let table = try CSVLines(small.folder.appending(path: "runs/small-folds-001/folds.csv"))
            #expect(table.column("fold") == ["0", "1", "2", "mean", "std"])
            let values = table.column("accuracy").compactMap(Double.init)
            #expect(values.count == 5)
            let mean = (values[0] + values[1] + values[2]) / 3
            #expect(abs(values[3] - mean) < 1e-12)
            let squares = values.prefix(3).reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
            #expect(abs(values[4] - (squares / 2).squareRoot()) < 1e-12)
            let plot = small.folder.appending(path: "runs/small-folds-001/folds.svg")
            #expect(
                try String(contentsOf: plot, encoding: .utf8).components(separatedBy: "<circle").count == 13)
            let folder = try RunFolder.open(small.folder.appending(path: "runs/small-fold1-001").path)
            let summary = try RunSummary.read(folder)
            #expect(summary.splits == "fold 1 of 3 tested, stratified")
            #expect(summary.pictures["test"]?.reduce(0, +) == 12)
            for file in ["class_balance.csv", "class_balance.svg", "duplicates.csv"] {
                #expect(FileManager.default.fileExists(atPath: folder.file(file).path))
            }
        }
    }

    @Test func `Folds that nobody asked for are refused`() throws {
        try SmallExperiment.with(train: 6, test: 6) { small in
            let outcome = try Program.graft("train", small.configuration.path, "--all-folds")
            #expect(outcome.status == 2)
            #expect(outcome.error.contains("the configuration has no data.folds"))
        }
    }

    @Test func `Pictures in two splits are warned of, left out, or an error, as the configuration says`()
        throws
    {
        try SmallExperiment.with(train: 12, test: 6) { small in
            let images = small.pictures.appending(path: "train-images-idx3-ubyte")
            let tests = small.pictures.appending(path: "t10k-images-idx3-ubyte")
            // The first test picture is the first of the training.
            var bytes = try Data(contentsOf: tests)
            bytes.replaceSubrange(16..<16 + 1024, with: try Data(contentsOf: images)[16..<16 + 1024])
            try bytes.write(to: tests)
            func check(_ policy: String) throws -> Program.Outcome {
                try Program.graft(
                    "train", small.configuration.path, "--check", "--set", "data.duplicates=\(policy)",
                    "--set",
                    "data.splits.validation=0")
            }
            let failure = try check("fail")
            #expect(failure.status == 1)
            #expect(
                failure.error.contains(
                    "found 1 pairs that are the same or nearly so, the first train-images-idx3-ubyte:0 and "
                        + "t10k-images-idx3-ubyte:0"), "\(failure.error)")
            let dropped = try check("drop_from_training").output
            #expect(dropped.contains("11 train, 6 test in 3 classes, 1 skipped"), "\(dropped)")
            #expect(
                dropped.contains("left out of the training, as t10k-images-idx3-ubyte:0 is the same picture"))
            let experiment = try Experiment(
                .load(path: small.configuration.path, overrides: ["data.splits.validation=0"]))
            let recorder = try RunRecorder(experiment, in: small.runs)
            #expect(recorder.duplicates?.map(\.isExact) == [true])
            let table = try CSVLines(recorder.folder.file("duplicates.csv"))
            #expect(table.column("second") == ["t10k-images-idx3-ubyte:0"])
            #expect(table.column("exact") == ["true"])
        }
    }
}

/// A table without quotes, by its columns.
private struct CSVLines {
    private let lines: [[String]]

    init(_ url: URL) throws {
        let text = try String(contentsOf: url, encoding: .utf8)
        lines = text.split(separator: "\n").map {
            $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        }
    }

    func column(_ name: String) -> [String] {
        guard let place = lines.first?.firstIndex(of: name) else { return [] }
        return lines.dropFirst().map { $0[place] }
    }
}
