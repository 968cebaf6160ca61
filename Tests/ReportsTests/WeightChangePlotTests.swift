import Reports
import Testing

@Suite struct WeightChangePlotTests {
    private static func layer(
        _ name: String, _ group: String, _ change: Double?, statistics: Double? = nil, isTrained: Bool = true,
        isImported: Bool = true
    ) -> WeightChangeFigure.Layer {
        .init(
            name: name, group: group, change: change, statisticsChange: statistics, isTrained: isTrained,
            isImported: isImported)
    }

    @Test func `Bars are as long as the logarithm of the change, and frozen layers have none`() throws {
        let figure = WeightChangeFigure(layers: [
            Self.layer("conv1", "stem", 0, isTrained: false), Self.layer("conv2", "block", 0.01),
            Self.layer("bn2", "block", 0.1, statistics: 0.5),
            Self.layer("dense", "head", 1, isImported: false), Self.layer("bias", "head", nil),
        ])
        let drawing = try #require(ParsedSVG(.weightChangePlot(figure)))
        let bars = drawing.all("rect").filter { $0.attributes["height"] == "10" }
        let widths = bars.compactMap { $0.attributes["width"].flatMap(Double.init) }
        #expect(widths.count == 3)
        #expect(abs((widths[2] - widths[1]) - 140) < 1e-6 && abs(widths[1] - 140) < 1e-6)
        // A group has one colour, and the next another.
        #expect(
            bars.compactMap { $0.attributes["class"] } == ["fill-series2", "fill-series2", "fill-series3"])
        let texts = drawing.texts("text")
        for text in ["frozen", "1 %", "10 %", "dense (new)", "from 0", "stem", "head"] {
            #expect(texts.contains(text), "\(text)")
        }
        #expect(drawing.texts("title").contains("bn2 (block): weights moved by 10 %, statistics by 50 %"))
    }

    @Test func `A network that has not moved, and one without layers, can be drawn`() {
        let still = WeightChangeFigure(layers: [Self.layer("conv1", "stem", 0, isTrained: false)])
        #expect(ParsedSVG(.weightChangePlot(still)) != nil)
        #expect(ParsedSVG(.weightChangePlot(WeightChangeFigure(layers: []))) != nil)
        let far = WeightChangeFigure(layers: [Self.layer("a", "g", 1e9), Self.layer("b", "g", 1e-12)])
        #expect(ParsedSVG(.weightChangePlot(far)) != nil)
    }
}
