import Evaluation
import Foundation
import Reports
import TestSupport
import Testing

@Suite struct SmoothingTests {
    /// What TensorBoard's front end makes of the values (`resmoothDataset` in its line chart), worked out by
    /// `Tests/Fixtures/reports/smoothing.py` with pandas' `ewm(adjust=True)`, which is the same average.
    private struct Case: Decodable {
        var weight: Double
        var values: [Double]
        var smoothed: [Double]
    }

    @Test func `Curves are smoothed as by TensorBoard and pandas`() throws {
        let cases = try JSONDecoder().decode(
            [Case].self, from: Data(contentsOf: Fixtures.url("reports/smoothing.json")))
        #expect(cases.count == 4)
        for item in cases {
            let found = Smoothing(weight: item.weight)(item.values)
            #expect(zip(found, item.smoothed).allSatisfy { abs($0 - $1) < 1e-12 }, "\(item.weight)")
        }
    }

    @Test func `Gaps stay gaps, and constant curves are as they were`() {
        let smoothed = Smoothing(weight: 0.5)([1, .nan, 3])
        #expect(smoothed[0] == 1 && smoothed[1].isNaN && abs(smoothed[2] - 7.0 / 3) < 1e-12)
        #expect(Smoothing(weight: 0.9)([0.1, 0.1, 0.1]) == [0.1, 0.1, 0.1])
        #expect(Smoothing(weight: 0.9)([]).isEmpty)
    }

    @Test func `Few points are left as they are, and many are smoothed the more`() {
        for count in 0..<15 { #expect(Smoothing(points: count).isNone) }
        #expect(Smoothing(points: 60).weight == 0.6)
        #expect(Smoothing(points: 10_000_000).weight == 0.999)
        #expect(Smoothing(weight: 7).weight < 1 && Smoothing(weight: -1).isNone)
    }

    @Test func `Learning curves of many epochs have a pale line behind a smooth one`() throws {
        let history = SampleHistory.make([("head", 60)])
        let svg = try #require(ParsedSVG(.learningCurvesPlot(history)))
        // Training and validation, in two panels.
        #expect(svg.all("path").count { $0.attributes["opacity"] == "0.32" } == 4)
        #expect(svg.texts("text").contains { $0.contains("smoothed by 0.6") })
        let plain = try #require(
            ParsedSVG(.learningCurvesPlot(history, smoothing: Smoothing(weight: 0))))
        #expect(!plain.all("path").contains { $0.attributes["opacity"] != nil })
    }
}
