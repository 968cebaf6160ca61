import Evaluation

extension SVGDocument {
    /// The areas under ROC curves with their intervals of 95 %: a dot with two whiskers a line, the upper one
    /// by DeLong, the lower one by the bootstrap.
    public static func intervalPlot(_ intervals: AUCIntervals) -> SVGDocument {
        let rowHeight = 30.0
        let lines = intervals.lines.filter { $0.auc != nil }
        let ends = lines.flatMap { [$0.deLong?.low, $0.bootstrap?.low, $0.auc].compactMap(\.self) }
        let low = min(max(((ends.min() ?? 0) * 20).rounded(.down) / 20, 0), 0.95)
        let frame = PlotFrame(
            x: 190, y: 96, width: 400, height: max(rowHeight * Double(lines.count), rowHeight),
            xDomain: low...1, yDomain: 0...1)
        var elements = PlotText.heading(
            "Areas under the ROC curves", "with intervals of 95 %", x: 24, width: 600)
        elements += [
            CurveStyle(class: 0).swatch(x: frame.x, y: 76), PlotText.line("DeLong", x: frame.x + 38, y: 80),
            CurveStyle(class: 1).swatch(x: frame.x + 120, y: 76),
            PlotText.line("bootstrap", x: frame.x + 158, y: 80),
        ]
        elements += frame.axes(
            xTicks: Ticks(in: low...1, count: 5), yTicks: Ticks(values: [], labels: []), xLabel: "AUC",
            yLabel: "")
        for (row, line) in lines.enumerated() {
            let y = frame.y + (Double(row) + 0.5) * rowHeight
            elements.append(PlotText.name(title(line), x: frame.x - 12, y: y + 4, anchor: .end, width: 160))
            elements += marks(line, at: y, frame)
        }
        return SVGDocument(
            name: "graft-auc-intervals", width: frame.x + frame.width + 80,
            height: frame.y + frame.height + 60, title: "Areas under the ROC curves",
            description: "Areas under the ROC curves with intervals of 95 %: "
                + lines.map { "\($0.name) \(text($0))" }.joined(separator: ", ") + ".", elements)
    }

    private static func marks(
        _ line: AUCIntervals.Line, at y: Double, _ frame: PlotFrame
    ) -> [SVGElement] {
        guard let auc = line.auc else { return [] }
        let whiskers = [(line.deLong, y - 4, 0), (line.bootstrap, y + 4, 1)].compactMap {
            interval, y, index in
            interval.map { interval in
                CurveStyle(class: index)(
                    SVGElement(
                        "line",
                        [
                            "x1": frame.xScale(interval.low), "x2": frame.xScale(interval.high), "y1": y,
                            "y2": y,
                        ]))
            }
        }
        return whiskers + [
            SVGElement("circle", ["class": "fill-ink", "cx": frame.xScale(auc), "cy": y, "r": 3.5]),
            PlotText.line(auc.fixed(3), x: frame.x + frame.width + 12, y: y + 4),
        ]
    }

    /// The averages by what other drawings call them; only classes have an interval by DeLong.
    private static func title(_ line: AUCIntervals.Line) -> String {
        guard line.deLong == nil else { return line.name }
        return ["micro": "micro average", "macro_ovr": "mean of classes"][line.name] ?? line.name
    }

    private static func text(_ line: AUCIntervals.Line) -> String {
        let interval = line.deLong ?? line.bootstrap
        let ends = interval.map { " (\($0.low.fixed(3)) to \($0.high.fixed(3)))" } ?? ""
        return (line.auc ?? 0).fixed(3) + ends
    }
}
