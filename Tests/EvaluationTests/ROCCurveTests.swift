import Evaluation
import Testing

@Suite struct ROCCurveTests {
    @Test(arguments: EvaluationFixture.all)
    func `Each class against the rest is scikit-learn's roc_curve`(_ fixture: EvaluationFixture) throws {
        let predictions = try fixture.predictions()
        let corners = OneVsRestROC(predictions).classes
        let all = OneVsRestROC(predictions, dropIntermediate: false).classes
        #expect(corners.map(\.name) == fixture.classNames)
        for index in fixture.classNames.indices {
            expectEqual(corners[index].curve, fixture.roc.classes[index])
            expectEqual(all[index].curve, fixture.roc.allPoints[index])
            #expect(corners[index].positives == fixture.labels.count { $0 == index })
            #expect(corners[index].positives + corners[index].negatives == fixture.labels.count)
        }
    }

    @Test(arguments: EvaluationFixture.all)
    func `Micro and macro averages are those of scikit-learn's example`(
        _ fixture: EvaluationFixture
    ) throws {
        let roc = OneVsRestROC(try fixture.predictions())
        expectEqual(roc.microAverage, fixture.roc.micro)
        expectEqual(roc.macroAverage, fixture.roc.macro)
        #expect(isClose([try #require(roc.macroAUC)], [fixture.roc.macroAuc]))
    }

    @Test func `A class without positives has no curve and is left out of the macro average`() throws {
        let fixture = try #require(EvaluationFixture.all.first { $0.name == "class without labels" })
        let roc = OneVsRestROC(try fixture.predictions())
        #expect(roc.undefinedClasses == ["class 2"])
        let areas = roc.classes.compactMap { $0.curve?.auc }
        #expect(areas.count == 3)
        #expect(isClose([try #require(roc.macroAUC)], [areas.reduce(0, +) / 3]))
    }

    @Test func `Where all samples are of one class there is no macro average`() throws {
        let rows = (0..<3).map { Predictions.Row(identifier: "\($0)", label: 0, scores: [0.75, 0.25]) }
        let roc = OneVsRestROC(try Predictions(classNames: ["a", "b"], rows: rows))
        #expect(roc.undefinedClasses == ["a", "b"])
        #expect(roc.macroAverage == nil)
        #expect(roc.macroAUC == nil)
        #expect(roc.microAverage?.auc == 1)
    }

    @Test func `A single class has no curve at all`() throws {
        let row = Predictions.Row(identifier: "0", label: 0, scores: [1])
        let roc = OneVsRestROC(try Predictions(classNames: ["a"], rows: [row]))
        #expect(roc.microAverage == nil)
        #expect(roc.undefinedClasses == ["a"])
    }

    private func expectEqual(_ found: ROCCurve?, _ expected: EvaluationFixture.Curve?) {
        guard let found, let expected else {
            #expect(found == nil && expected == nil)
            return
        }
        #expect(isClose(found.fpr, expected.fpr))
        #expect(isClose(found.tpr, expected.tpr))
        #expect(isClose(found.thresholds, expected.thresholds ?? []))
        #expect(isClose([found.auc], [expected.auc]))
    }
}
