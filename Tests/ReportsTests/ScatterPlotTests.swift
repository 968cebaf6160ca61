import Reports
import Testing

@Suite struct ScatterPlotTests {
    private static func figure(axes: (x: String, y: String), classes: Int = 2) -> ScatterFigure {
        ScatterFigure(
            name: "graft-map", title: "Map", subtitle: "PCA", axes: axes,
            classNames: (0..<classes).map { "class \($0)" },
            points: (0..<classes * 3).map { index in
                let label = index % classes
                return .init(
                    name: "\(index).png", label: label, truth: "class \(label)", predicted: "class 0",
                    mistakenFor: label == 0 ? nil : 0, x: Double(index), y: Double(index * index % 7))
            })
    }

    @Test
    func `Each point says what it is, and mistakes have a ring in the colour of what they were taken for`()
        throws
    {
        let drawing = try #require(ParsedSVG(.scatterPlot(Self.figure(axes: ("first", "second")))))
        #expect(drawing.texts("title").contains("2.png: class 0"))
        #expect(drawing.texts("title").contains("1.png: class 1, taken for class 0"))
        let rings = drawing.withClass("stroke-series1").filter { $0.name == "circle" }
        #expect(rings.count == 3)
        // Three discs of class 0, three squares of class 1, and one each in the legend.
        #expect(drawing.withClass("fill-series1").count == 4 && drawing.withClass("fill-series2").count == 4)
        #expect(drawing.texts("text").contains("second"))
        #expect(drawing.texts("text").contains("3 of 6"))
    }

    @Test func `Distances are as long in either direction`() throws {
        for stretch in [0.01, 1, 100] {
            var figure = Self.figure(axes: ("", ""))
            for index in figure.points.indices { figure.points[index].y *= stretch }
            let drawing = try #require(ParsedSVG(.scatterPlot(figure)))
            let frame = try #require(drawing.elements.first { $0.attributes["data-x"] != nil })
            func span(_ name: String) -> Double {
                let ends = (frame.attributes[name] ?? "").split(separator: " ").compactMap { Double($0) }
                return ends.count == 2 ? ends[1] - ends[0] : .nan
            }
            let width = try #require(frame.attributes["width"].flatMap(Double.init))
            let height = try #require(frame.attributes["height"].flatMap(Double.init))
            #expect(abs(span("data-x") / width / (span("data-y") / height) - 1) < 1e-3)
        }
    }

    @Test func `Thirty classes and no points at all can be drawn`() throws {
        #expect(ParsedSVG(.scatterPlot(Self.figure(axes: ("", ""), classes: 30))) != nil)
        let nothing = ScatterFigure(
            name: "graft-map", title: "", subtitle: "", axes: ("a", "b"), classNames: ["x"], points: [])
        #expect(ParsedSVG(.scatterPlot(nothing)) != nil)
    }

    @Test func `The table has a row a point`() {
        let table = CSVTable(Self.figure(axes: ("", "")))
        #expect(table.header == ["file", "class", "predicted", "x", "y"])
        #expect(table.rows[3] == ["3.png", "class 1", "class 0", "3.0", "2.0"])
    }
}
