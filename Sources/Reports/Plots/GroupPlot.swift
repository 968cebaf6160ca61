import Evaluation

extension CSVTable {
    /// The results of groups, the worst told first, with Wilson's intervals of 95 %.
    public init(_ results: GroupResults) {
        self.init(
            header: ["group", "samples", "correct", "accuracy", "accuracy_low", "accuracy_high"],
            rows: results.lines.map { line in
                [line.name, "\(line.count)", "\(line.correct)"]
                    + [line.accuracy, line.interval.low, line.interval.high].map(Self.field)
            })
    }
}

extension SVGDocument {
    /// The accuracy of each group as a dot with its interval of 95 %, the worst told first; of many groups, only the
    /// worst told hundred.
    public static func groupPlot(_ results: GroupResults) -> SVGDocument {
        let rowHeight = 22.0
        let lines = results.lines.prefix(100)
        let count = Double(max(lines.count, 1))
        let scope =
            lines.count == results.lines.count
            ? "the worst told first" : "the worst told \(lines.count) of \(results.lines.count)"
        let frame = PlotFrame(
            x: 190, y: 72, width: 400, height: rowHeight * count, xDomain: 0...1, yDomain: 0...1)
        var elements = PlotText.heading(
            "Accuracy by group", "with intervals of 95 % · \(scope)", x: 24, width: 600)
        elements += frame.axes(
            xTicks: Ticks(in: 0...1, count: 5), yTicks: Ticks(values: [], labels: []), xLabel: "accuracy",
            yLabel: "")
        for (row, line) in lines.enumerated() {
            let y = frame.y + (Double(row) + 0.5) * rowHeight
            let ends = (frame.xScale(line.interval.low), frame.xScale(line.interval.high))
            elements += [
                PlotText.name(line.name, x: frame.x - 12, y: y + 4, anchor: .end, width: 160),
                CurveStyle(class: 0)(SVGElement("line", ["x1": ends.0, "x2": ends.1, "y1": y, "y2": y])),
                SVGElement(
                    "circle", ["class": "fill-ink", "cx": frame.xScale(line.accuracy), "cy": y, "r": 3.5]),
                PlotText.line(
                    "\(line.correct) of \(line.count)", x: frame.x + frame.width + 12, y: y + 4,
                    style: "fill-muted"),
            ]
        }
        return SVGDocument(
            name: "graft-groups", width: frame.x + frame.width + 110, height: frame.y + frame.height + 60,
            title: "Accuracy by group", description: "The accuracy of each group of samples", elements)
    }
}
