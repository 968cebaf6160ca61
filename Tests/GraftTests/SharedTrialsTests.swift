import Foundation
import Graft
import Layers
import TestSupport
import Testing

/// Trials of a sweep that run one after the other in a process.
@Suite struct SharedTrialsTests {
    private static let frozen = [
        "training.stages=[{name: head, freeze: backbone, epochs: 2, learning_rate: 0.01}]"
    ]

    private static var quiet: TrialControl {
        TrialControl(epochEnded: { _ in }, permitWriting: {}, check: {})
    }

    @Test func `Trials that share pictures and features come out as each alone`() throws {
        try SmallExperiment.with { small in
            let cache = small.folder.appending(path: "cache").path
            let runner = RecordedTrial()
            for (number, rate) in [0.01, 0.1, 0.01].enumerated() {
                let overrides =
                    Self.frozen + [
                        "training.stages.0.learning_rate=\(rate)",
                        "training.feature_cache={folder: \(cache)}",
                    ]
                let configuration = try ExperimentConfiguration.parse(small.yaml, overrides: overrides)
                let folder = RunFolder(
                    url: small.runs.appending(path: "shared-\(number)", directoryHint: .isDirectory))
                _ = try runner.run(configuration, in: folder, control: Self.quiet)
                let alone = RunFolder(
                    url: small.runs.appending(path: "alone-\(number)", directoryHint: .isDirectory))
                try FileManager.default.createDirectory(at: alone.url, withIntermediateDirectories: true)
                var plain = configuration
                plain.training.featureCache.mode = .off
                let expected = try RunRecorder(Experiment(plain), at: alone).run { _ in }
                let summary = try RunSummary.read(folder)
                #expect(summary.fineTuned.logLoss == expected.fineTuned.logLoss)
                for name in ["predictions.csv", "duplicates.csv", "class_balance.csv"] {
                    #expect(try Data(contentsOf: folder.file(name)) == Data(contentsOf: alone.file(name)))
                }
                // Nobody looks at the pictures of thousands of trials.
                #expect(try !folder.fileNames.contains { $0.hasPrefix("gallery") || $0 == "steps.svg" })
                #expect(try folder.fileNames.contains("validation_predictions.csv"))
                // Whoever comes later computes nothing of what is frozen.
                #expect((summary.features?.computed == 0) == (number > 0))
            }
        }
    }

    @Test func `Weights are imported once, and again where the file is another`() throws {
        try SmallExperiment.with { small in
            let recorder = try RunRecorder(Experiment(.parse(small.yaml)), in: small.runs)
            _ = try recorder.run { _ in }
            let file = recorder.folder.weights
            let data = SharedData()
            func experiment(_ seed: Int) throws -> Experiment {
                try Experiment(
                    .parse(small.yaml, overrides: ["model.weights=\(file.path)", "seed=\(seed)"]),
                    sharing: data)
            }
            func isSame(_ key: ParameterKey, _ first: Experiment, _ second: Experiment) throws -> Bool {
                let arrays = try [first, second].map { try #require($0.parameters[key]) }
                return arrays[0].stamp == arrays[1].stamp
            }
            let (first, second) = (try experiment(1), try experiment(2))
            let kernels = first.network.parameters.map(\.key).filter { $0.name.hasSuffix("kernel") }
            let (frozen, head) = (try #require(kernels.first), try #require(kernels.last))
            #expect(try isSame(frozen, first, second))
            #expect(try !isSame(head, first, second))
            // What is summed and hashed once is what a run alone would find.
            let alone = try Experiment(first.configuration)
            let began = Date()
            #expect(try RunOrigin(second, began: began).weights != RunOrigin(first, began: began).weights)
            #expect(try RunOrigin(first, began: began) == RunOrigin(alone, began: began))
            #expect(try Provenance(of: first) == Provenance(of: alone))
            let bytes = try Data(contentsOf: file)
            try bytes.write(to: file, options: .atomic)
            #expect(try !isSame(frozen, first, experiment(1)))
        }
    }

    @Test func `Pictures are looked for once, and again where the data are others`() throws {
        try SmallExperiment.with { small in
            let data = SharedData()
            func pictures(_ overrides: String...) throws -> Int {
                try Experiment(.parse(small.yaml, overrides: overrides), sharing: data).dataset.samples.count
            }
            let count = try pictures()
            // What lies in memory stays, as long as the same is asked for.
            try FileManager.default.moveItem(at: small.pictures, to: small.folder.appending(path: "gone"))
            #expect(
                try pictures("training.batch_size=4", "data.augmentation={horizontal_flip: true}") == count)
            #expect(throws: (any Error).self) { try pictures("data.limit_per_class=2") }
            try FileManager.default.moveItem(at: small.folder.appending(path: "gone"), to: small.pictures)
            #expect(try pictures("data.limit_per_class=2") < count)
        }
    }
}
