import Reports
import Testing

@Suite struct ExplanationPlotTests {
    @Test func `A picture, its maps and the likeliest classes are drawn, and the names escaped`() throws {
        let figure = ExplanationFigure(
            title: "a<b>.png", subtitle: "Grad-CAM", picture: "AAAA", aspect: 2,
            panels: [
                .init(title: "cat (predicted)", picture: "BBBB", greatest: "1.5"),
                .init(title: "dog (true)", picture: "CCCC", greatest: "0.2"),
            ],
            scores: [
                .init(name: "cat", value: 0.75, remark: ""),
                .init(name: "dog", value: 0.25, remark: "true class"),
            ])
        let drawing = try #require(ParsedSVG(.explanationPlot(figure)))
        let images = drawing.all("image")
        #expect(
            images.map { $0.attributes["href"] }
                == ["A", "B", "C"].map { letter in
                    "data:image/png;base64," + String(repeating: letter, count: 4)
                })
        #expect(images.allSatisfy { $0.attributes["width"] == "256" && $0.attributes["height"] == "128" })
        let texts = drawing.texts("text")
        for text in ["a<b>.png", "dog (true)", "1.5", "0.2", "75.0 %", "dog · true class"] {
            #expect(texts.contains(text), "\(text)")
        }
        #expect(drawing.all("linearGradient").count == 1)
    }

    @Test func `A sheet has every card, in rows of as many as fit`() throws {
        let card = ExplanationCard(
            pictures: ["AAAA", "BBBB"], aspect: 0.5, captions: ["cat 90.0 %", "cat (predicted)"],
            detail: "is dog", hint: "a.png")
        let sheet = SVGDocument.explanationSheet(
            name: "graft-maps", title: "Mistakes", subtitle: "Grad-CAM", Array(repeating: card, count: 6),
            scale: ("0", "most"))
        let drawing = try #require(ParsedSVG(sheet))
        let images = drawing.all("image")
        #expect(images.count == 12)
        #expect(Set(images.compactMap { $0.attributes["y"] }).count == 2)
        #expect(images.allSatisfy { $0.attributes["width"] == "56" && $0.attributes["height"] == "112" })
        #expect(drawing.texts("title").filter { $0 == "a.png" }.count == 6)
        #expect(
            ParsedSVG(.explanationSheet(name: "graft-none", title: "None", subtitle: "", [], scale: ("", "")))
                != nil)
    }

    @Test func `The colours grow brighter from black to light yellow`() {
        let brightness = (0...255).map { step in
            let color = ColorMap.color(Double(step) / 255)
            return 0.2126 * Double(color.red) + 0.7152 * Double(color.green) + 0.0722 * Double(color.blue)
        }
        #expect(zip(brightness, brightness.dropFirst()).allSatisfy { $0 <= $1 + 0.3 })
        #expect(ColorMap.color(-1) == (0, 0, 4) && ColorMap.color(2) == (252, 255, 164))
        #expect(ColorMap.color(0.5) == (188, 55, 84))
    }
}
