import Evaluation
import Testing

@Suite struct CalibrationTests {
    @Test(arguments: EvaluationFixture.all)
    func `Bins are those of scikit-learn's calibration_curve, with ECE and MCE`(
        _ fixture: EvaluationFixture
    ) throws {
        let predictions = try fixture.predictions()
        for (bins, expected) in zip([10, 15], try EvidenceFixture.expected(fixture).calibration) {
            let found = try Calibration(predictions, bins: bins)
            #expect(found.bins.map(\.count) == expected.counts)
            #expect(isClose(found.bins.compactMap(\.accuracy), expected.accuracies))
            #expect(isClose(found.bins.compactMap(\.confidence), expected.confidences))
            #expect(isClose([found.expectedError, found.maximumError], [expected.ece, expected.mce]))
        }
    }

    @Test(arguments: EvaluationFixture.all)
    func `The Brier score is scikit-learn's`(_ fixture: EvaluationFixture) throws {
        let expected = try EvidenceFixture.expected(fixture).brier
        #expect(isClose([try fixture.predictions().brierScore()], [expected]))
    }

    @Test(arguments: EvaluationFixture.all)
    func `Kappa and the correlation of labels and predictions are scikit-learn's`(
        _ fixture: EvaluationFixture
    ) throws {
        let expected = try EvidenceFixture.expected(fixture)
        let matrix = ConfusionMatrix(try fixture.predictions())
        #expect(isClose([matrix.matthewsCorrelation], [expected.mcc]))
        #expect((matrix.cohenKappa == nil) == (expected.kappa == nil))
        if let kappa = expected.kappa { #expect(isClose([try #require(matrix.cohenKappa)], [kappa])) }
    }

    @Test func `Kappa is undefined where all is of one class`() throws {
        let matrix = try ConfusionMatrix(classNames: ["a", "b"], labels: [0, 0], predictions: [0, 0])
        #expect(matrix.cohenKappa == nil)
        #expect(matrix.matthewsCorrelation == 0)
    }

    @Test func `A classifier that is too sure of itself is overconfident`() throws {
        let rows = (0..<4).map { sample in
            Predictions.Row(identifier: "\(sample)", label: sample % 2, scores: [0.9, 0.1])
        }
        let calibration = try Calibration(Predictions(classNames: ["a", "b"], rows: rows))
        #expect(isClose([calibration.overconfidence, calibration.expectedError], [0.4, 0.4]))
    }

    @Test func `Scores that are not probabilities are refused`() throws {
        let row = Predictions.Row(identifier: "x", label: 0, scores: [2, -1])
        let predictions = try Predictions(classNames: ["a", "b"], rows: [row])
        let error = EvaluationError.notAProbability(2, identifier: "x", className: "a")
        #expect(throws: error) { try Calibration(predictions) }
        #expect(throws: error) { try predictions.brierScore() }
    }
}
