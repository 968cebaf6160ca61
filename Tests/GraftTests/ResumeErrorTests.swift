import Foundation
import Graft
import TestSupport
import Testing

@Suite struct ResumeErrorTests {
    /// Runs a test with a run that crashed after its second epoch.
    private func withStoppedRun(_ body: (ResumableRun) throws -> Void) throws {
        try SmallExperiment.with { small in
            var epochs = 0
            let run = try ResumableRun(small) { event in
                guard case .training(.stepEnded(let progress), _) = event, progress.done == 8 else { return }
                epochs += 1
                if epochs == 3 { throw ResumableRun.Crash() }
            }
            try body(run)
        }
    }

    private func problem(_ run: ResumableRun) throws -> String {
        let error = #expect(throws: ExperimentError.self) { try run.resume() }
        return "\(try #require(error))"
    }

    @Test func `A checkpoint that is damaged anywhere is refused, and left alone`() throws {
        try withStoppedRun { run in
            let file = run.folder.checkpoint
            let sound = try Data(contentsOf: file)
            try FileManager.default.removeItem(at: run.folder.previousCheckpoint)
            for place in stride(from: 600, to: sound.count, by: sound.count / 12) {
                var damaged = sound
                damaged[place] ^= 0x10
                try damaged.write(to: file)
                #expect(
                    try problem(run) == run.folder.path("checkpoint.h5") + ": the checkpoint cannot be used: "
                        + "the file is incomplete or damaged (its contents do not fit its checksum); "
                        + "remove it to train the run from its beginning")
                #expect(try Data(contentsOf: file) == damaged)
            }
            try sound.prefix(sound.count / 2).write(to: file)
            #expect(try problem(run).contains("checkpoint.h5: the checkpoint cannot be used: "))
            #expect(try problem(run).contains("remove it"))
            try Data("no checkpoint".utf8).write(to: file)
            #expect(try problem(run).contains("(it has no checksum)"))
            try FileManager.default.removeItem(at: file)
            #expect(try run.resume())
            #expect(run.folder.isFinished)
        }
    }

    @Test func `Where the last checkpoint is cut short, the one before takes its place`() throws {
        try SmallExperiment.with { small in
            let expected = try RunResults(ResumableRun(small).folder)
            // None of the file, a part of it, all but its last byte.
            for share in [0, 0.001, 0.3, 0.9, 1] {
                var epochs = 0
                let run = try ResumableRun(small) { event in
                    guard case .training(.epochEnded, _) = event else { return }
                    epochs += 1
                    if epochs == 4 { throw ResumableRun.Crash() }
                }
                let file = run.folder.checkpoint
                let whole = try Data(contentsOf: file)
                try whole.prefix(min(Int(Double(whole.count) * share), whole.count - 1)).write(to: file)
                let recorder = try #require(try RunRecorder(resuming: run.folder))
                let damage = try #require(recorder.damage)
                #expect(damage.hasPrefix(run.folder.path("checkpoint.h5: the checkpoint cannot be used: ")))
                #expect(!FileManager.default.fileExists(atPath: run.folder.previousCheckpoint.path))
                _ = try recorder.run { _ in }
                #expect(try RunResults(run.folder) == expected, "\(share)")
                let line = try run.folder.logLines.first { $0["event"] as? String == "resumed" }
                #expect(line?["damage"] as? String == damage)
            }
        }
    }

    @Test func `Other pictures than the run's are refused`() throws {
        try withStoppedRun { run in
            try run.small.writePictures("train", count: 48)
            #expect(
                try problem(run).hasSuffix(
                    "/pictures: expected the pictures of the run, 18 test, 27 train, 9 validation; "
                        + "found 18 test, 36 train, 12 validation, so that they would be split otherwise "
                        + "and training pictures be tested"))
            // As many, but of other classes.
            try run.small.writePictures("train", count: 36)
            try run.small.writePictures("t10k", count: 18, classes: 2)
            #expect(
                try problem(run).contains(
                    "[6, 6, 6] test, [9, 9, 9] train, [3, 3, 3] validation; found [9, 9, 0] test"))
        }
    }

    @Test func `Another configuration than the run's is refused, pictures elsewhere are not`() throws {
        try withStoppedRun { run in
            let before = try String(contentsOf: run.folder.configuration, encoding: .utf8)
            let changed = before.replacing("learning_rate: 0.5", with: "learning_rate: 0.4")
            #expect(changed != before)
            try Data(changed.utf8).write(to: run.folder.configuration)
            #expect(
                try problem(run).contains("config.yaml: expected the configuration that the run began with"))
            let moved = run.small.folder.appending(path: "elsewhere")
            try FileManager.default.moveItem(at: run.small.pictures, to: moved)
            let path = run.small.pictures.path(percentEncoded: false)
            try Data(before.replacing(path, with: moved.path(percentEncoded: false)).utf8)
                .write(to: run.folder.configuration)
            #expect(try run.resume())
        }
    }

    @Test func `Other weights than the run's are refused`() throws {
        try SmallExperiment.with { small in
            let network = try Experiment(.parse(small.yaml)).network
            let weights = small.folder.appending(path: "start.weights.h5").path(percentEncoded: false)
            try WeightsWriter(network).write(network.initialParameters(seed: 1), to: weights)
            let experiment = try Experiment(.parse(small.yaml, overrides: ["model.weights=\(weights)"]))
            var folder: RunFolder?
            do {
                let recorder = try RunRecorder(experiment, in: small.runs)
                folder = recorder.folder
                #expect(throws: CancellationError.self) {
                    try recorder.run { if case .training(.epochEnded, _) = $0 { throw CancellationError() } }
                }
            }
            try WeightsWriter(network).write(network.initialParameters(seed: 2), to: weights)
            let error = #expect(throws: ExperimentError.self) {
                _ = try RunRecorder(resuming: #require(folder))
            }
            #expect(
                "\(try #require(error))".hasPrefix("\(weights): expected the weights that the run began with")
            )
            try WeightsWriter(network).write(network.initialParameters(seed: 1), to: weights)
            #expect(try RunRecorder(resuming: #require(folder))?.run { _ in } != nil)
        }
    }

    @Test func `A run that is going on is not resumed`() throws {
        try SmallExperiment.with { small in
            var refusals = 0
            let run = try ResumableRun(small) { event in
                guard case .testing(done: 18, total: 18, .fineTuned) = event else { return }
                let folder = RunFolder(url: small.runs.appending(path: "small-001"))
                let error = #expect(throws: ExperimentError.self) { _ = try RunRecorder(resuming: folder) }
                #expect(error == .stillRunning(path: folder.path()))
                refusals += 1
            }
            #expect(refusals == 1)
            #expect(run.folder.isFinished)
        }
    }

    @Test func `A folder that is no run's is refused`() throws {
        try SmallExperiment.with { small throws in
            let path = small.folder.path(percentEncoded: false)
            let error = #expect(throws: ExperimentError.self) { _ = try RunFolder.openUnfinished(path) }
            #expect(
                "\(try #require(error))"
                    == "\(path): this is not the folder of a run: it has no config.yaml")
            let none = #expect(throws: ExperimentError.self) { _ = try RunFolder.openUnfinished(path + "x") }
            #expect("\(try #require(none))" == "\(path)x: there is no such folder")
        }
    }
}
