import Evaluation
import Testing

@Suite struct ClassificationReportTests {
    @Test(arguments: EvaluationFixture.all)
    func `Every line is scikit-learn's`(_ fixture: EvaluationFixture) throws {
        let report = ClassificationReport(try fixture.predictions())
        #expect(report.classes.map(\.name) == fixture.classNames)
        for (found, expected) in zip(report.classes, fixture.report) {
            #expect(isClose(numbers(found), expected))
        }
        #expect(isClose(numbers(report.macroAverage), fixture.macroAvg))
        #expect(isClose(numbers(report.weightedAverage), fixture.weightedAvg))
        #expect(isClose([report.accuracy], [fixture.accuracy]))
        #expect(report.support == fixture.labels.count)
    }

    @Test(arguments: EvaluationFixture.all)
    func `A zero that stands for an undefined value is told from a true zero`(
        _ fixture: EvaluationFixture
    ) throws {
        let report = ClassificationReport(try fixture.predictions())
        #expect(
            report.classes.map { Set($0.undefined.map(\.rawValue)) } == fixture.undefined.map { Set($0) })
    }

    private func numbers(_ scores: ClassificationReport.Scores) -> [Double] {
        [scores.precision, scores.recall, scores.f1Score, Double(scores.support)]
    }
}
