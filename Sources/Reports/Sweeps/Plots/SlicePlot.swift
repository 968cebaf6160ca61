extension SVGDocument {
    /// The first metric over each parameter, a panel for each.
    public static func slicePlot(_ history: SweepHistory) -> SVGDocument { SlicePlot(history).document }
}

/// Lays out slices: three panels a row.
struct SlicePlot {
    private let history: SweepHistory
    private let size = (width: 250.0, height: 200.0)

    init(_ history: SweepHistory) { self.history = history }

    var document: SVGDocument {
        let count = history.parameters.count
        let (columns, rows) = (min(max(count, 1), 3), max((count + 2) / 3, 1))
        let metric = history.metrics.first?.name ?? "metric"
        return SVGDocument(
            name: "graft-slices", width: 84 + Double(columns) * (size.width + 90) - 40,
            height: 80 + Double(rows) * (size.height + 76), title: "Slices",
            description: "The metric \(metric) over each of \(count) parameters.",
            PlotText.heading(
                "Slices", "\(metric) over each parameter · darker points are later trials", x: 84)
                + history.parameters.indices.flatMap(panel))
    }

    private func panel(_ index: Int) -> [SVGElement] {
        let parameter = history.parameters[index]
        let known = history.trials.filter { $0.state == "finished" || $0.state == "stopped" }
        let points = known.compactMap { trial in
            (trial.settings[index]).flatMap { setting in
                (trial.values.first ?? nil).map { (trial, setting, $0) }
            }
        }
        let scale = ParameterScale(parameter, points.map(\.1))
        let frame = PlotFrame(
            x: 84 + Double(index % 3) * (size.width + 90), y: 84 + Double(index / 3) * (size.height + 76),
            width: size.width, height: size.height, xDomain: scale.domain,
            yDomain: PlotFrame.domain(of: points.map(\.2)))
        var ticks = scale.ticks(count: 4)
        let room = size.width / Double(max(ticks.labels.count, 1)) - 6
        ticks = Ticks(
            values: ticks.values,
            labels: ticks.labels.map { TextWidth.fitted($0, size: 12, width: max(room, 24)) })
        let axes = frame.axes(
            xTicks: ticks, yTicks: Ticks(in: frame.yDomain, count: 4),
            xLabel: TextWidth.fitted(parameter.name, size: 13, width: size.width), yLabel: "")
        let last = Double(max(history.trials.count, 1))
        return axes
            + points.filter { frame.yDomain.contains($0.2) }.map { trial, setting, value in
                frame.point(
                    scale(setting), value, isFilled: trial.state == "finished", radius: 3.5,
                    title: "trial \(trial.number): \(history.text(setting, of: parameter)), \(value.fixed(4))"
                ).with("opacity", 0.35 + 0.65 * Double(trial.number) / last)
            }
    }
}
