import Foundation
import Tensors
import Testing

@testable import Training

@Suite struct LearningRateSweepTests {
    @Test func `Losses are smoothed and rates suggested as fastai does`() throws {
        let fixture = try OptimizationFixture.load().findLr
        let finder = LearningRateFinder()
        var sweep = LearningRateSweep(plannedSteps: finder.steps)
        for (step, loss) in fixture.raw.enumerated() where !sweep.hasDiverged {
            #expect(abs(finder.rate(step: step) - fixture.rates[step]) <= 1e-8 * fixture.rates[step])
            sweep.add(rate: finder.rate(step: step), loss: loss)
        }
        #expect(sweep.points.count == fixture.smoothed.count)
        #expect(sweep.hasDiverged)
        for (point, wanted) in zip(sweep.points, fixture.smoothed) {
            #expect(abs(point.smoothed - wanted) < 2e-6 * wanted)
        }
        let found = try sweep.suggestions()
        #expect(abs(found.valley / fixture.valley - 1) < 1e-6)
        // The slope of a few steps together is steepest near where that of one is.
        #expect((1 / 1.5...1.5).contains(found.steepest / fixture.steep))
        #expect(abs(found.tenthOfMinimum / fixture.minimum - 1) < 1e-6)
    }

    @Test func `A sweep of too few steps suggests nothing`() {
        var sweep = LearningRateSweep(plannedSteps: 100)
        for step in 0..<12 { sweep.add(rate: Double(step + 1), loss: 1) }
        #expect(throws: LearningRateSweep.Silence.tooShort(steps: 12)) { try sweep.suggestions() }
    }

    /// A loss that stays, falls around a rate of 1e-3, and runs away from 1 on, with noise.
    private func sweep(fall: Double, noise: Double, seed: UInt64) -> LearningRateSweep {
        var random = SeededRandom(seed: seed)
        let finder = LearningRateFinder()
        var sweep = LearningRateSweep(plannedSteps: finder.steps)
        for step in 0..<finder.steps where !sweep.hasDiverged {
            let place = log10(finder.rate(step: step))
            let loss = 2 - fall / (1 + exp(-3 * (place + 3))) + exp(4 * place)
            sweep.add(rate: finder.rate(step: step), loss: loss + noise * Double(random.normal()))
        }
        return sweep
    }

    @Test(arguments: 0..<20)
    func `Noise does not move where the loss falls fastest`(seed: Int) throws {
        let found = try sweep(fall: 1.5, noise: 0.15, seed: UInt64(seed)).suggestions()
        // The smoothed losses lag behind.
        #expect((3e-4...3e-2).contains(found.steepest), "\(found)")
        #expect(found.valley < 0.1 && found.tenthOfMinimum < 0.1)
    }

    @Test(arguments: 0..<20)
    func `A loss that falls no further than chance has it suggests nothing`(seed: Int) {
        let error = #expect(throws: LearningRateSweep.Silence.self) {
            try sweep(fall: 0, noise: 0.3, seed: UInt64(seed)).suggestions()
        }
        #expect(error.map { "\($0)".hasPrefix("the loss ") } == true)
    }

    @Test func `A loss that only rises suggests nothing`() {
        var sweep = LearningRateSweep(plannedSteps: 40)
        for step in 0..<40 { sweep.add(rate: Double(step + 1), loss: 1 + 0.02 * Double(step)) }
        #expect(throws: LearningRateSweep.Silence.rises) { try sweep.suggestions() }
    }
}
