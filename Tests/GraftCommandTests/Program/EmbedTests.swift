import Foundation
import Graft
import TestSupport
import Testing

@Suite struct EmbedTests {
    @Test func `A run's test pictures are put on a map by either method, the same every time`() throws {
        try SmallExperiment.with { small in
            let trained = try Program.graft(
                "train", "small.yaml", "--runs", "runs", "--threads", "1", "--set",
                "training.stages.0.epochs=1", "--set", "training.stages.1.epochs=1", in: small.folder)
            #expect(trained.status == 0, "\(trained.error)")
            let run = small.runs.appending(path: "small-001")
            func table(_ options: String..., name: String) throws -> CSVReader {
                let outcome = try Program.run(
                    Program.graft, ["embed", "runs/small-001"] + options, in: small.folder)
                #expect(outcome.status == 0, "\(outcome.error)")
                #expect(outcome.output.contains("map in runs/small-001/\(name).svg"))
                return try CSVReader(contentsOf: run.appending(path: "\(name).csv"))
            }
            let found = try table(name: "embedding_pca")
            let predictions = try Predictions(contentsOfCSV: run.appending(path: "predictions.csv"))
            let names = SmallExperiment.classNames
            #expect(
                found.records.map { Array($0.fields[0...2]) }
                    == predictions.rows.map { [$0.identifier, names[$0.label], names[$0.predictedLabel]] })
            let mapped = try table("--method", "tsne", "--perplexity", "4", name: "embedding_tsne")
            #expect(mapped.records.count == 18)
            let again = try table("--method", "tsne", "--perplexity", "4", name: "embedding_tsne")
            #expect(again.records.map(\.fields) == mapped.records.map(\.fields))
            let few = try table("--limit", "6", "--seed", "2", name: "embedding_pca")
            #expect(few.records.count == 6)
            try Self.refuses(small)
        }
    }

    private static func refuses(_ small: SmallExperiment) throws {
        for (options, status, message) in [
            (["--perplexity", "4"], Int32(2), "it is for tsne"),
            (["--method", "umap"], 2, "expected pca or tsne, found 'umap'"),
            (["--method", "tsne"], 1, "expected a perplexity below the number of samples, 18"),
            (["--layer", "conv9"], 1, "no layer 'conv9'"),
            (["--labels", "x"], 2, "as a run knows this itself"),
        ] {
            let outcome = try Program.run(
                Program.graft, ["embed", "runs/small-001"] + options, in: small.folder)
            #expect(outcome.status == status)
            #expect(outcome.error.contains(message), "\(outcome.error)")
        }
    }

    @Test func `A Keras model's map is of pictures in a folder`() throws {
        try Fixtures.withTemporaryFolder { folder in
            for (number, name) in ["rgb.png", "grey.png", "rgb.jpg", "palette.png"].enumerated() {
                let place = folder.appending(path: "pictures/kind\(number % 2)")
                try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
                try FileManager.default.copyItem(
                    atPath: Fixtures.path("datasets/images/\(name)"), toPath: place.appending(path: name).path
                )
            }
            let model = Fixtures.path("insight/residual.h5")
            let outcome = try Program.graft(
                "embed", model, "--data", "pictures", "--preprocess", "tf", in: folder)
            #expect(outcome.status == 0, "\(outcome.error)")
            let table = try CSVReader(contentsOf: folder.appending(path: "embedding/embedding_pca.csv"))
            #expect(table.records.map { $0.fields[1] } == ["kind0", "kind0", "kind1", "kind1"])
            let without = try Program.graft("embed", model, "--preprocess", "tf", in: folder)
            #expect(without.status == 2 && without.error.contains("a Keras model has no pictures of its own"))
        }
    }
}
