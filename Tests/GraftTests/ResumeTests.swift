import Foundation
import Graft
import KerasFiles
import TestSupport
import Testing

@Suite struct ResumeTests {
    /// Where a run may end.
    enum Moment: String, CaseIterable {
        /// Before the epoch's checkpoint is written.
        case epochEnd
        /// After the checkpoint of the epoch before.
        case firstStep
        case secondStep
        case stageEnd

        func isOf(_ event: ExperimentEvent) -> Bool {
            switch event {
            case .training(.epochEnded, _): self == .epochEnd
            case .training(.stepEnded(let progress), _):
                progress.done == (self == .firstStep ? 8 : 16) && (self == .firstStep || self == .secondStep)
            case .training(.stageEnded, _): self == .stageEnd
            default: false
            }
        }
    }

    /// Counts moments, and ends the run at one of them.
    private final class Stop {
        private(set) var count = 0
        private let moment: Moment
        private let number: Int
        private let error: any Error

        init(_ moment: Moment, number: Int, throwing error: any Error = ResumableRun.Crash()) {
            (self.moment, self.number, self.error) = (moment, number, error)
        }

        func hear(_ event: ExperimentEvent) throws {
            guard moment.isOf(event) else { return }
            count += 1
            if count == number { throw error }
        }
    }

    /// The results of a run that nobody stops, and how many epochs it has.
    private static func uninterrupted(_ small: SmallExperiment) throws -> (RunResults, epochs: Int) {
        let counter = Stop(.epochEnd, number: -1)
        let run = try ResumableRun(small, observe: counter.hear)
        return (try RunResults(run.folder), counter.count)
    }

    @Test func `The run that is resumed here is stopped early and restores an earlier epoch`() throws {
        try SmallExperiment.with { small in
            let run = try ResumableRun(small)
            let ends = try run.folder.logLines.filter { $0["event"] as? String == "stage_ended" }
            #expect(ends.count == 4)
            #expect(ends.contains { $0["stopped_early"] as? Bool == true })
            #expect(ends.contains { $0["stopped_early"] as? Bool == false })
        }
    }

    @Test(arguments: [Moment.epochEnd, .firstStep])
    func `A run that crashes around any epoch's end is resumed to the same bits`(moment: Moment) throws {
        try SmallExperiment.with { small in
            let (expected, epochs) = try Self.uninterrupted(small)
            for epoch in 1...epochs {
                let stop = Stop(moment, number: epoch)
                let run = try ResumableRun(small) { try stop.hear($0) }
                #expect(!run.folder.isFinished)
                #expect(try run.resume())
                #expect(try RunResults(run.folder) == expected, "epoch \(epoch)")
            }
        }
    }

    @Test func `A run that crashes between stages is resumed to the same bits`() throws {
        try SmallExperiment.with { small in
            let (expected, _) = try Self.uninterrupted(small)
            for stage in 1...4 {
                let stop = Stop(.stageEnd, number: stage)
                let run = try ResumableRun(small) { try stop.hear($0) }
                #expect(try run.resume())
                #expect(try RunResults(run.folder) == expected, "stage \(stage)")
            }
        }
    }

    @Test func `A run that is interrupted loses no step, however often that happens`() throws {
        try SmallExperiment.with { small in
            let (expected, epochs) = try Self.uninterrupted(small)
            var (steps, resumptions) = (0, 0)
            func interrupting(every count: Int) -> ExperimentRunner.Observer {
                var left = count
                return { event in
                    guard case .training(.stepEnded, _) = event else { return }
                    steps += 1
                    left -= 1
                    if left == 0 { throw CancellationError() }
                }
            }
            let run = try ResumableRun(small, observe: interrupting(every: 3))
            while try run.resume(observe: interrupting(every: 3)) { resumptions += 1 }
            #expect(try RunResults(run.folder) == expected)
            // 27 pictures in batches of 8: four steps an epoch, none of them taken twice.
            #expect(steps == 4 * epochs)
            #expect(resumptions >= steps / 3)
        }
    }

    @Test(arguments: [
        ["regularization.ema={decay: 0.8}", "training.stages.0.accumulate=3"],
        [
            "regularization.swa={start_epoch: 2}", "regularization.max_norm=1",
            "training.stages.1.optimizer=lamb",
            "regularization.early_stopping={patience: 9, restore_best_weights: false}",
        ],
        [
            "training.stages.0.schedule={name: reduce_on_plateau, factor: 0.5, patience: 1, min_delta: 1}",
            "training.stages.1.schedule=one_cycle", "training.stages.1.optimizer=adagrad",
            "regularization.l1={backbone: 0.001}",
        ],
    ])
    func `A run with averages, plateaus and grouped batches loses no step either`(overrides: [String]) throws
    {
        try SmallExperiment.with { small in
            let expected = try RunResults(ResumableRun(small, overrides: overrides).folder)
            func interrupting() -> ExperimentRunner.Observer {
                var left = 3
                return { event in
                    switch event {
                    case .training(.stepEnded, _), .training(.statisticsEstimated, _): left -= 1
                    default: return
                    }
                    if left == 0 { throw CancellationError() }
                }
            }
            let run = try ResumableRun(small, overrides: overrides, observe: interrupting())
            var resumptions = 0
            while try run.resume(observe: resumptions > 40 ? { _ in } : interrupting()) { resumptions += 1 }
            #expect(try RunResults(run.folder) == expected)
            #expect(resumptions > 3)
        }
    }

    @Test func `A checkpoint holds no array that is still what the run began with`() throws {
        try SmallExperiment.with { small in
            let stop = Stop(.epochEnd, number: 2)
            let run = try ResumableRun(small) { try stop.hear($0) }
            let file = try ArrayFile(contentsOf: run.folder.checkpoint.path)
            let names = file.arrays.keys.filter { $0.hasPrefix("parameters/") }
            #expect(names.sorted() == ["parameters/predictions/bias", "parameters/predictions/kernel"])
            // What it was to come from is no longer the same.
            try run.folder.write(
                Data(
                    String(contentsOf: run.folder.configuration, encoding: .utf8)
                        .replacing("seed: 3", with: "seed: 4").utf8),
                to: "config.yaml")
            #expect(throws: ExperimentError.self) { try run.resume() }
        }
    }

    @Test func `A run that is over says so, and has no checkpoint left`() throws {
        try SmallExperiment.with { small in
            let run = try ResumableRun(small)
            let log = try Data(contentsOf: run.folder.log)
            #expect(!FileManager.default.fileExists(atPath: run.folder.checkpoint.path))
            // One that was killed before it could remove it has one.
            try Data().write(to: run.folder.checkpoint)
            #expect(try !run.resume())
            #expect(!FileManager.default.fileExists(atPath: run.folder.checkpoint.path))
            #expect(try Data(contentsOf: run.folder.log) == log)
        }
    }

    @Test func `A run without a checkpoint starts from its beginning, in its folder`() throws {
        try SmallExperiment.with { small in
            let (expected, _) = try Self.uninterrupted(small)
            let stop = Stop(.secondStep, number: 1)
            let run = try ResumableRun(small) { try stop.hear($0) }
            #expect(!FileManager.default.fileExists(atPath: run.folder.checkpoint.path))
            #expect(try run.resume())
            #expect(try RunResults(run.folder) == expected)
            let events = try run.folder.logLines.compactMap { $0["event"] as? String }
            #expect(Array(events.prefix(5)) == ["began", "stage_began", "failed", "resumed", "stage_began"])
        }
    }

    @Test func `The log says where a run was resumed, and what was half written is removed`() throws {
        try SmallExperiment.with { small in
            let stop = Stop(.firstStep, number: 2, throwing: CancellationError())
            let run = try ResumableRun(small) { try stop.hear($0) }
            let rest = run.folder.file(".checkpoint.h5.1234.tmp")
            try Data("half".utf8).write(to: rest)
            try run.resume()
            let resumed = try #require(
                try run.folder.logLines.first { $0["event"] as? String == "resumed" } as [String: Any]?)
            let from = try #require(resumed["from"] as? [String: Any])
            #expect(from["variant"] as? String == "fine_tuned")
            #expect(from["stage"] as? String == "head")
            #expect(from["epochs"] as? Int == 1)
            #expect(from["steps"] as? Int == 1)
            #expect(!FileManager.default.fileExists(atPath: rest.path))
        }
    }
}
