import Evaluation
import Testing

@Suite struct CurveTests {
    @Test(arguments: EvaluationFixture.all)
    func `Precision over recall is scikit-learn's, with average precision`(
        _ fixture: EvaluationFixture
    ) throws {
        let (predictions, expected) = (try fixture.predictions(), try EvidenceFixture.expected(fixture))
        let ends = OneVsRestPrecisionRecall(predictions)
        let all = OneVsRestPrecisionRecall(predictions, dropIntermediate: false)
        for index in fixture.classNames.indices {
            expectEqual(ends.classes[index].curve, expected.precisionRecall.classes[index])
            expectEqual(all.classes[index].curve, expected.precisionRecall.allPoints[index])
        }
        expectEqual(ends.microAverage, expected.precisionRecall.micro)
        let areas = expected.precisionRecall.classes.compactMap { $0?.averagePrecision }
        let mean = areas.reduce(0, +) / Double(areas.count)
        #expect(isClose([try #require(ends.macroAveragePrecision)], [mean]))
    }

    @Test(arguments: EvaluationFixture.all)
    func `Misses over false alarms are scikit-learn's det_curve`(_ fixture: EvaluationFixture) throws {
        let (predictions, expected) = (try fixture.predictions(), try EvidenceFixture.expected(fixture))
        let ends = OneVsRestDET(predictions)
        let all = OneVsRestDET(predictions, dropIntermediate: false)
        for index in fixture.classNames.indices {
            expectEqual(ends.classes[index].curve, expected.det.classes[index])
            expectEqual(all.classes[index].curve, expected.det.allPoints[index])
        }
        expectEqual(ends.microAverage, expected.det.micro)
    }

    @Test func `The equal error rate is where misses are as frequent as false alarms`() throws {
        // At the threshold 3, one of three negatives is let through and one of three positives missed.
        let even = try #require(
            DETCurve(
                Decisions(
                    isPositive: [false, false, true, false, true, true], scores: [0, 1, 2, 3, 4, 5])))
        #expect(isClose([even.equalErrorRate], [1.0 / 3]))
        let perfect = try #require(DETCurve(Decisions(isPositive: [false, true], scores: [0, 1])))
        #expect(perfect.equalErrorRate == 0)
        let reversed = try #require(DETCurve(Decisions(isPositive: [true, false], scores: [0, 1])))
        #expect(reversed.equalErrorRate == 1)
    }

    @Test(arguments: EvaluationFixture.all)
    func `Thresholds have scikit-learn's precision, recall and F1, and specificity`(
        _ fixture: EvaluationFixture
    ) throws {
        let expected = try EvidenceFixture.expected(fixture).thresholds
        let table = ThresholdTable(try fixture.predictions())
        #expect(table.thresholds.count == 101)
        let lines = table.classes.flatMap { lines in stride(from: 0, to: 101, by: 10).map { lines[$0] } }
        try #require(lines.count == expected.count)
        for (line, expected) in zip(lines, expected) {
            #expect(isClose([line.precision, line.recall, line.f1Score, line.specificity], expected))
        }
    }

    @Test func `Curves of several labels a sample go by each label`() throws {
        let predictions = try MultiLabelPredictions(
            classNames: ["a", "b"],
            rows: [
                .init(identifier: "1", labels: [true, true], scores: [0.9, 0.2]),
                .init(identifier: "2", labels: [false, true], scores: [0.3, 0.8]),
                .init(identifier: "3", labels: [true, false], scores: [0.2, 0.1]),
            ])
        let curves = OneVsRestPrecisionRecall(predictions)
        #expect(curves.classes.map(\.positives) == [2, 2])
        // One of two positives of `a` comes first, the other last of three.
        #expect(isClose(curves.classes.compactMap { $0.curve?.averagePrecision }, [0.5 + 0.5 * 2 / 3, 1]))
    }

    private func expectEqual(_ found: PrecisionRecallCurve?, _ expected: EvidenceFixture.PrecisionRecall?) {
        guard let found, let expected else {
            #expect(found == nil && expected == nil)
            return
        }
        #expect(isClose(found.precision, expected.precision))
        #expect(isClose(found.recall, expected.recall))
        #expect(isClose(found.thresholds, expected.thresholds))
        #expect(isClose([found.averagePrecision], [expected.averagePrecision]))
    }

    private func expectEqual(_ found: DETCurve?, _ expected: EvidenceFixture.DET?) {
        guard let found, let expected else {
            #expect(found == nil && expected == nil)
            return
        }
        #expect(isClose(found.fpr, expected.fpr))
        #expect(isClose(found.fnr, expected.fnr))
        #expect(isClose(found.thresholds, expected.thresholds))
    }
}
