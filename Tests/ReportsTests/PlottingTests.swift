import Foundation
import Testing

@testable import Reports

@Suite struct PlottingTests {
    @Test(arguments: [
        (0.0...1.0, 5, ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"]),
        (0.0...2.0, 6, ["0.0", "0.5", "1.0", "1.5", "2.0"]),
        (-0.3...0.3, 6, ["-0.3", "-0.2", "-0.1", "0.0", "0.1", "0.2", "0.3"]),
        (0.0...0.0042, 4, ["0.000", "0.001", "0.002", "0.003", "0.004"]),
        (0.0...2500, 5, ["0", "500", "1000", "1500", "2000", "2500"]),
    ])
    func `Ticks are round numbers`(_ domain: ClosedRange<Double>, _ count: Int, _ labels: [String]) {
        #expect(Ticks(in: domain, count: count).labels == labels)
    }

    @Test func `A name of two lines keeps its words apart`() {
        var text = ""
        PlotText.name("salt\nwater\r\nfish", x: 0, y: 0, width: 200).write(to: &text)
        #expect(text.contains(">salt water fish<"))
    }

    @Test func `Ticks of epochs are whole numbers`() {
        #expect(Ticks(in: 1...3, count: 8, integers: true).labels == ["1", "2", "3"])
        #expect(Ticks(in: 1...50, count: 8, integers: true).labels.first == "5")
    }

    @Test func `A domain that is rounded holds the old one and ends at ticks`() {
        let rounded = Ticks.rounded(0.137...1.91, count: 6)
        #expect(rounded == 0...2)
        #expect(Ticks.rounded(0...2, count: 6) == 0...2)
        let narrow = Ticks.rounded(1.7597...1.9449, count: 6)
        let ticks = Ticks(in: narrow, count: 6).values
        #expect(ticks.first == narrow.lowerBound && ticks.last == narrow.upperBound)
    }

    @Test func `A scale places the ends of its domain at the ends of its stretch`() {
        let scale = LinearScale(domain: 1...3, start: 100, end: 20)
        #expect([1, 2, 3].map { scale($0) } == [100, 60, 20])
    }

    @Test(arguments: [
        (0.0, "0"), (-0.001, "0"), (1.5, "1.5"), (-1.05, "-1.05"), (2.999, "3"), (0.07, "0.07"), (12, "12"),
        (-0.5, "-0.5"), (.nan, "0"), (.infinity, "0"),
    ])
    func `Coordinates have two decimals at most`(_ value: Double, _ text: String) {
        #expect(value.attributeText == text)
    }

    @Test func `XML's own characters are escaped, and those it cannot hold are replaced`() {
        #expect("<a & \"b\">".escapedForXML == "&lt;a &amp; &quot;b&quot;&gt;")
        #expect("a\u{0}b\u{1B}c\td\u{FFFF}".escapedForXML == "a\u{FFFD}b\u{FFFD}c\td\u{FFFD}")
        #expect("a\tb\nc\rd".escapedForXMLAttribute == "a&#9;b&#10;c&#13;d")
        #expect("驚き é 🙂".escapedForXML == "驚き é 🙂")
    }

    @Test func `A text that is too wide keeps its beginning and end`() {
        let text = "a rather long name"
        #expect(TextWidth.fitted(text, size: 12, width: 500) == text)
        let fitted = TextWidth.fitted(text, size: 12, width: 60)
        #expect(TextWidth.of(fitted, size: 12) <= 60)
        #expect(fitted.hasPrefix("a r") && fitted.hasSuffix("me") && fitted.contains("…"))
        #expect(TextWidth.fitted("wide", size: 12, width: 1) == "…")
    }

    @Test func `Of points that fall on one another one is drawn, and the last always`() {
        let frame = PlotFrame(x: 0, y: 0, width: 100, height: 100, xDomain: 0...1, yDomain: 0...1)
        let xs = (0...1000).map { Double($0) / 1000 }
        let path = frame.curve(xs, xs).attributes.first { $0.name == "d" }?.value ?? ""
        #expect(path.hasPrefix("M0 100L"))
        #expect(path.hasSuffix("L100 0"))
        #expect(path.count { $0 == "L" } < 400)
    }
}
