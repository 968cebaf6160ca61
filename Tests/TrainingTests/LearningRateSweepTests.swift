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
        let found = try #require(sweep.suggestions)
        #expect(abs(found.valley / fixture.valley - 1) < 1e-6)
        #expect(abs(found.steepest / fixture.steep - 1) < 1e-6)
        #expect(abs(found.tenthOfMinimum / fixture.minimum - 1) < 1e-6)
    }

    @Test func `A sweep of too few steps suggests nothing`() {
        var sweep = LearningRateSweep(plannedSteps: 100)
        for step in 0..<12 { sweep.add(rate: Double(step + 1), loss: 1) }
        #expect(sweep.suggestions == nil)
    }
}
