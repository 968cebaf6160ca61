import Evaluation
import Testing

@Suite struct ConfusionMatrixTests {
    @Test func `The fixtures are there`() {
        #expect(EvaluationFixture.all.count == 10)
    }

    @Test(arguments: EvaluationFixture.all)
    func `Counts and shares are scikit-learn's`(_ fixture: EvaluationFixture) throws {
        let predictions = try fixture.predictions()
        #expect(predictions.predictedLabels == fixture.predicted)
        let matrix = ConfusionMatrix(predictions)
        #expect(matrix.counts == fixture.confusionMatrix)
        #expect(
            try matrix
                == ConfusionMatrix(
                    classNames: fixture.classNames, labels: fixture.labels, predictions: fixture.predicted))
        for normalization in ConfusionMatrix.Normalization.allCases {
            let expected = try #require(fixture.normalized[normalization.rawValue])
            #expect(isClose(matrix.normalized(by: normalization).flatMap(\.self), expected.flatMap(\.self)))
        }
    }

    @Test(arguments: EvaluationFixture.all)
    func `Accuracies are scikit-learn's`(_ fixture: EvaluationFixture) throws {
        let matrix = ConfusionMatrix(try fixture.predictions())
        #expect(isClose([matrix.accuracy], [fixture.accuracy]))
        #expect(isClose([matrix.balancedAccuracy], [fixture.balancedAccuracy]))
    }

    @Test func `Labels that are no class numbers are refused`() {
        #expect(throws: EvaluationError.label(2, identifier: "1", classes: 2)) {
            try ConfusionMatrix(classNames: ["a", "b"], labels: [0, 2], predictions: [0, 1])
        }
        #expect(throws: EvaluationError.label(-1, identifier: "0", classes: 2)) {
            try ConfusionMatrix(classNames: ["a", "b"], labels: [0, 1], predictions: [-1, 1])
        }
        #expect(throws: EvaluationError.predictionCount(labels: 2, predictions: 1)) {
            try ConfusionMatrix(classNames: ["a", "b"], labels: [0, 1], predictions: [1])
        }
        #expect(throws: EvaluationError.noPredictions) {
            try ConfusionMatrix(classNames: ["a", "b"], labels: [], predictions: [])
        }
    }
}
