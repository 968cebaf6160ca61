import Foundation
import Graft
import TestSupport
import Testing

@Suite struct StepRecordingTests {
    /// The rows of a run's `steps.csv` but for the times, which are others each time.
    private static func steps(_ run: ResumableRun) throws -> [[String]] {
        try CSVReader(contentsOf: run.folder.file("steps.csv")).records.map { Array($0.fields.prefix(6)) }
    }

    @Test func `Each step has a row, and the rows of an epoch add up to what the epoch came to`() throws {
        try SmallExperiment.with { small in
            let run = try ResumableRun(small)
            let rows = try Self.steps(run)
            let history = try LearningHistory(contentsOfCSV: run.folder.file("metrics.csv"))
            // 27 pictures in batches of 8.
            #expect(rows.count == 4 * history.epochs.count)
            for epoch in history.epochs {
                let own = rows.filter { $0[1] == "\(epoch.epoch)" }
                #expect(own.map { $0[2] } == ["1", "2", "3", "4"] && own[0][0] == epoch.stage)
                let losses = zip(own, [8.0, 8, 8, 3]).map { (Double($0[4]) ?? .nan) * $1 }
                #expect(abs(losses.reduce(0, +) / 27 - epoch.loss) < 1e-9)
            }
            let summary = try RunSummary.read(run.folder)
            let timings = try #require(summary.timings)
            #expect(timings.forward > 0 && timings.backward > 0 && timings.update > 0)
            #expect((summary.peakMemory ?? 0) > 10_000_000)
        }
    }

    @Test(arguments: [Optional<Int>.none, 3])
    func `A run that is stopped and resumed has every step once`(interruption: Int?) throws {
        try SmallExperiment.with { small in
            let expected = try Self.steps(ResumableRun(small))
            var left = interruption ?? 6
            let run = try ResumableRun(small) { event in
                guard case .training(.stepEnded, _) = event else { return }
                left -= 1
                // An interruption saves the step, a crash loses it to the last checkpoint.
                if left == 0 {
                    throw interruption == nil ? ResumableRun.Crash() as any Error : CancellationError()
                }
            }
            #expect(try run.resume())
            #expect(try Self.steps(run) == expected)
        }
    }
}
