import Foundation
import Testing

@testable import Reports

@Suite struct LearningRatePlotTests {
    /// Losses that fall from 2 to 1 and run away, with marks at some rates.
    private static func plot(_ rates: [Double], lowest: Double = 1) throws -> ParsedSVG {
        let exponents = stride(from: -7.0, through: 1, by: 0.25).map(\.self)
        let smoothed = exponents.map { $0 < -1 ? 1.5 - tanh($0 + 4) / 2 : 1 + 40 * ($0 + 1) * ($0 + 1) }
        var losses = smoothed
        losses[5] = lowest
        let curve = LearningRateCurve(
            title: "x", rates: exponents.map { pow(10, $0) }, losses: losses, smoothed: smoothed,
            marks: rates.enumerated().map { .init("mark\($0)", at: $1) })
        return try #require(ParsedSVG(.learningRatePlot(curve)))
    }

    @Test(arguments: [
        [3.4e-3, 5.4e-6, 2.5e-2], [1e-3, 1.2e-3, 1.4e-3], [8, 3, 0.5], [5, 9, 8], [1e-7, 2e-7, 1e-6],
    ])
    func `No mark's line goes through the name of another`(rates: [Double]) throws {
        let drawing = try Self.plot(rates)
        let names = drawing.all("text").filter { $0.text.hasPrefix("mark") }
        let lines = drawing.all("line").filter {
            $0.attributes["x1"] == $0.attributes["x2"] && $0.attributes["style"] != nil
        }
        #expect(names.count == rates.count && lines.count == rates.count)
        func number(_ element: ParsedSVG.Element, _ key: String) throws -> Double {
            try #require(element.attributes[key].flatMap(Double.init), "\(key)")
        }
        for (index, name) in names.enumerated() {
            let (x, y, width) = (try number(name, "x"), try number(name, "y"), 7 * Double(name.text.count))
            let span = name.attributes["text-anchor"] == "end" ? x - width...x : x...x + width
            for (other, line) in lines.enumerated() where other != index {
                let isThrough = try span.contains(number(line, "x1")) && number(line, "y1") < y
                #expect(!isThrough, "\(rates[other]) through \(name.text)")
            }
        }
    }

    @Test func `The least loss of a batch is shown, and the line goes up to the frame's edge`() throws {
        let drawing = try Self.plot([1e-3], lowest: 0.2)
        let exponents = stride(from: -7.0, through: 1, by: 0.25).map(\.self)
        // Nine of them run away.
        #expect(drawing.all("circle").count > exponents.count - 9)
        let path = try #require(drawing.withClass("line").first?.attributes["d"])
        #expect(path.filter { $0 == "M" }.count == 1)
        #expect(path.hasSuffix(" 114"), "\(path)")
    }
}
