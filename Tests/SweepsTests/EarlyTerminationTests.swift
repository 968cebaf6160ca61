import Testing

@testable import Sweeps

@Suite struct EarlyTerminationTests {
    /// The example in the documentation of Weights & Biases' `sweeps.hyperband_stop_runs`.
    @Test func `Hyperband stops what Weights & Biases stops`() {
        let rule = EarlyTermination.hyperband(
            bands: EarlyTermination.bands(to: 5, factor: 2, count: 2), factor: 2)
        let runs: [[Double]] = [[10, 9], [10, 10], [10, 8, 8], [10, 7, 7], [10, 6, 6]]
        func stops(_ index: Int) -> Bool {
            rule.stops(runs[index], among: runs.enumerated().filter { $0.offset != index }.map(\.element))
        }
        #expect(rule == .hyperband(bands: [1, 2], factor: 2))
        #expect(stops(1) && stops(2))
        #expect(!stops(3) && !stops(4))
    }

    @Test func `Bands from the first epoch grow by the factor`() {
        #expect(EarlyTermination.bands(from: 2, factor: 3).prefix(4) == [2, 6, 18, 54])
        #expect(EarlyTermination.bands(to: 27, factor: 3, count: 2) == [3, 9])
        #expect(EarlyTermination.bands(to: 2, factor: 3, count: 2) == [])
    }

    @Test func `The median rule compares the best with the others' running averages`() {
        let rule = EarlyTermination.median(minEpochs: 1, minTrials: 3)
        let others: [[Double]] = [[4, 2], [4, 4], [6, 4]]
        #expect(rule.stops([9, 4.5], among: others))
        #expect(!rule.stops([9, 3.5], among: others))
        #expect(!rule.stops([9], among: others))
        #expect(!rule.stops([9, 9], among: Array(others.prefix(2))))
        #expect(rule.stops([.nan, .nan], among: others))
    }

    @Test func `Successive halving judges at its rungs alone`() {
        let rule = EarlyTermination.asha(minEpochs: 1, factor: 2)
        let others: [[Double]] = [[1, 1], [2, 2], [3, 3]]
        #expect(rule.stops([4], among: others))
        #expect(!rule.stops([0.5], among: others))
        #expect(!rule.stops([0.5, 9, 9], among: others))
        #expect(rule.stops([.nan], among: []))
    }
}
