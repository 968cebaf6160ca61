import Evaluation
import Testing

@Suite struct TemperatureTests {
    @Test func `The temperature gives the least log loss, as SciPy finds it`() throws {
        for fixture in try #require(EvidenceFixture.shared?.temperatures) {
            let predictions = try Predictions(
                classNames: fixture.scores[0].indices.map { "\($0)" },
                rows: zip(fixture.labels, fixture.scores).map {
                    Predictions.Row(identifier: "", label: $0, scores: $1)
                })
            let scaling = try TemperatureScaling(fittedTo: predictions)
            // SciPy's search goes by the loss, which is flat about the least one.
            #expect(abs(scaling.temperature - fixture.temperature) < 1e-6 * fixture.temperature)
            let scaled = try scaling(predictions)
            #expect(isClose([try scaled.logLoss()], [fixture.logLoss]))
            #expect(scaled.predictedLabels == predictions.predictedLabels)
        }
    }

    @Test func `Temperature 1 changes nothing`() {
        #expect(isClose(TemperatureScaling(temperature: 1)([0.5, 0.25, 0.25]), [0.5, 0.25, 0.25]))
    }

    @Test func `A fitted temperature says what it changes, and can be taken back`() throws {
        for fixture in try #require(EvidenceFixture.shared?.temperatures) {
            let predictions = try Predictions(
                classNames: fixture.scores[0].indices.map { "\($0)" },
                rows: zip(fixture.labels, fixture.scores).map {
                    Predictions.Row(identifier: "", label: $0, scores: $1)
                })
            let fitted = try FittedTemperature(fittedTo: predictions)
            let scaled = try fitted.scaling(predictions)
            #expect(isClose([fitted.logLoss.after], [fixture.logLoss]))
            #expect(fitted.logLoss.before == (try predictions.logLoss()))
            #expect(fitted.expectedError.before == (try Calibration(predictions).expectedError))
            #expect(fitted.expectedError.after == (try Calibration(scaled).expectedError))
            #expect(fitted.samples == predictions.rows.count)
            let back = try fitted.scaling.inverse(scaled)
            for (found, expected) in zip(back.rows, predictions.rows) {
                #expect(isClose(found.scores, expected.scores.map { $0 / expected.scores.reduce(0, +) }))
            }
        }
    }

    @Test func `Where all is right, no certainty is too great; where all is wrong, none is right`() throws {
        func temperature(label: Int) throws -> Double {
            let row = Predictions.Row(identifier: "", label: label, scores: [0.8, 0.2])
            return try TemperatureScaling(
                fittedTo: Predictions(classNames: ["a", "b"], rows: [row])
            ).temperature
        }
        #expect(try temperature(label: 0) == TemperatureScaling.range.lowerBound)
        #expect(try temperature(label: 1) == TemperatureScaling.range.upperBound)
    }
}
