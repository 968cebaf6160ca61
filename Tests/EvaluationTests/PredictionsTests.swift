import Evaluation
import Testing

@Suite struct PredictionsTests {
    @Test(arguments: EvaluationFixture.all)
    func `Log-loss and top-k accuracy are scikit-learn's`(_ fixture: EvaluationFixture) throws {
        let predictions = try fixture.predictions()
        #expect(isClose([try predictions.logLoss()], [fixture.logLoss]))
        let found = try (1...fixture.classNames.count).map { try predictions.topKAccuracy($0) }
        #expect(isClose(found, fixture.topK))
    }

    @Test func `Of tied scores the first is predicted`() {
        #expect(Predictions.Row(identifier: "", label: 0, scores: [0.2, 0.4, 0.4]).predictedLabel == 1)
    }

    @Test func `Predictions that make no sense are refused`() {
        expect(.noClasses, [], [])
        expect(.noPredictions, ["a"], [])
        expect(.duplicateClass("a"), ["a", "b", "a"], [row(0, [1, 0, 0])])
        expect(.label(2, identifier: "x.png", classes: 2), ["a", "b"], [row(2, [1, 0])])
        expect(.label(-1, identifier: "x.png", classes: 2), ["a", "b"], [row(-1, [1, 0])])
        expect(.scoreCount(identifier: "x.png", expected: 2, found: 1), ["a", "b"], [row(0, [1])])
        expect(
            .scoreNotFinite(.infinity, identifier: "x.png", className: "b"), ["a", "b"],
            [row(0, [0, .infinity])])
    }

    @Test func `Scores that are not probabilities have no log-loss`() throws {
        let predictions = try Predictions(classNames: ["a", "b"], rows: [row(0, [0.5, 1.5])])
        #expect(throws: EvaluationError.notAProbability(1.5, identifier: "x.png", className: "b")) {
            try predictions.logLoss()
        }
    }

    @Test func `A k that is no number of classes is refused`() throws {
        let predictions = try Predictions(classNames: ["a", "b"], rows: [row(0, [0.5, 0.5])])
        #expect(throws: EvaluationError.topK(0, classes: 2)) { try predictions.topKAccuracy(0) }
        #expect(throws: EvaluationError.topK(3, classes: 2)) { try predictions.topKAccuracy(3) }
    }

    @Test func `An error is a sentence that names the sample`() {
        #expect(
            EvaluationError.scoreNotFinite(.nan, identifier: "x.png", className: "b").description
                == "sample 'x.png': expected a finite score for class 'b', found nan")
    }

    private func row(_ label: Int, _ scores: [Double]) -> Predictions.Row {
        Predictions.Row(identifier: "x.png", label: label, scores: scores)
    }

    private func expect(_ error: EvaluationError, _ names: [String], _ rows: [Predictions.Row]) {
        #expect(throws: error) { try Predictions(classNames: names, rows: rows) }
    }
}
