import Evaluation
import Testing

@Suite struct IntervalTests {
    @Test func `Quantiles of the normal distribution are SciPy's`() throws {
        let quantiles = try #require(EvidenceFixture.shared?.quantiles)
        for pair in quantiles {
            #expect(abs(normalQuantile(pair[0]) - pair[1]) <= 1e-12 * max(abs(pair[1]), 1))
        }
        #expect(normalQuantile(0) == -.infinity)
        #expect(normalQuantile(1) == .infinity)
    }

    @Test(arguments: EvaluationFixture.all)
    func `DeLong's intervals are those of the paper's formula`(_ fixture: EvaluationFixture) throws {
        let (predictions, expected) = (try fixture.predictions(), try EvidenceFixture.expected(fixture))
        for index in fixture.classNames.indices {
            let found = DeLongEstimate(predictions.decisions(class: index)).map { estimate in
                let interval = estimate.interval()
                return [estimate.auc, estimate.standardError, interval.low, interval.high]
            }
            guard let found, let values = expected.deLong[index] else {
                #expect(found == nil && expected.deLong[index] == nil)
                continue
            }
            #expect(isClose(found, values))
        }
    }

    @Test(arguments: EvaluationFixture.all)
    func `Bootstrap intervals are the percentiles of scikit-learn's areas of the same resamples`(
        _ fixture: EvaluationFixture
    ) throws {
        let (shared, expected) = (
            try #require(EvidenceFixture.shared), try EvidenceFixture.expected(fixture).bootstrap
        )
        let intervals = AUCIntervals(
            try fixture.predictions(), Bootstrap(resamples: shared.resamples, seed: shared.seed))
        #expect(intervals.lines.map(\.name) == fixture.classNames + ["micro", "macro_ovr"])
        try #require(intervals.lines.count == expected.count)
        for (line, expected) in zip(intervals.lines, expected) {
            guard let interval = line.bootstrap, let expected else {
                #expect(line.bootstrap == nil && expected == nil && line.resamples == 0)
                continue
            }
            #expect(isClose([interval.low, interval.high, Double(line.resamples)], expected))
        }
    }

    @Test func `The areas are those of the curves, and averages have no interval by DeLong`() throws {
        let fixture = try #require(EvaluationFixture.all.first)
        let lines = AUCIntervals(try fixture.predictions()).lines
        let areas = fixture.roc.classes.map { $0?.auc } + [fixture.roc.micro.auc, fixture.roc.macroAuc]
        #expect(isClose(lines.compactMap(\.auc), areas.compactMap(\.self)))
        #expect(lines.suffix(2).allSatisfy { $0.deLong == nil && $0.standardError == nil })
        #expect(lines.allSatisfy { $0.resamples > 900 })
    }

    @Test func `Another seed draws other samples`() throws {
        let predictions = try #require(EvaluationFixture.all.first).predictions()
        let first = AUCIntervals(predictions, Bootstrap(resamples: 50, seed: 1))
        #expect(first == AUCIntervals(predictions, Bootstrap(resamples: 50, seed: 1)))
        #expect(first != AUCIntervals(predictions, Bootstrap(resamples: 50, seed: 2)))
    }
}
