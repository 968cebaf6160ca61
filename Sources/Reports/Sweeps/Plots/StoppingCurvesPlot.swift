extension SVGDocument {
    /// The first metric of every trial over its epochs: those that were stopped early end where they were.
    public static func stoppingCurvesPlot(_ history: SweepHistory) -> SVGDocument {
        StoppingCurvesPlot(history).document
    }
}

/// Lays out the trials' learning curves.
struct StoppingCurvesPlot {
    private let history: SweepHistory
    private let frame: PlotFrame

    init(_ history: SweepHistory) {
        self.history = history
        let longest = Double(max(history.trials.map(\.curve.count).max() ?? 2, 2))
        frame = PlotFrame(
            x: 84, y: 100, width: 640, height: 320, xDomain: 0.5...longest + 0.5,
            yDomain: PlotFrame.domain(of: history.trials.flatMap { $0.curve.compactMap(\.self) }))
    }

    private static let finished = CurveStyle(class: 0)
    private static let stopped = CurveStyle(class: 3)

    var document: SVGDocument {
        let metric = history.metrics.first?.name ?? "metric"
        let stopped = history.trials.count { $0.state == "stopped" }
        let axes = frame.axes(
            xTicks: Ticks(in: frame.xDomain, count: 10, integers: true),
            yTicks: Ticks(in: frame.yDomain, count: 6),
            xLabel: "epoch", yLabel: metric)
        return SVGDocument(
            name: "graft-stopping", width: 84 + 640 + 24, height: 100 + 320 + 56, title: "Early stopping",
            description: "The metric \(metric) of each trial over its epochs; \(stopped) were stopped early.",
            PlotText.heading(
                "Early stopping", "\(metric) · \(stopped) of \(history.trials.count) trials stopped early",
                x: frame.x, width: 640)
                + legend + axes + curves)
    }

    private var legend: [SVGElement] {
        [
            Self.finished.swatch(x: 84, y: 78), PlotText.line("finished", x: 122, y: 82),
            Self.stopped.swatch(x: 196, y: 78), PlotText.line("stopped early", x: 234, y: 82),
            CurveStyle.best.swatch(x: 336, y: 78), PlotText.line("best", x: 374, y: 82),
        ]
    }

    private var curves: [SVGElement] {
        let best = history.best?.number
        let sorted = history.trials.filter { $0.number != best } + history.trials.filter { $0.number == best }
        return sorted.filter { !$0.curve.isEmpty }.flatMap { trial -> [SVGElement] in
            let isBest = trial.number == best
            let style = isBest ? CurveStyle.best : trial.state == "stopped" ? Self.stopped : Self.finished
            let (xs, ys) = points(trial)
            let curve = style(frame.curve(xs, ys)).with("stroke-opacity", isBest ? 1 : 0.55)
            let title = SVGElement("title", text: "trial \(trial.number), \(trial.state)")
            let end =
                trial.state == "stopped"
                ? zip(xs, ys).suffix(1).map {
                    frame.point($0, $1, style: "series4", radius: 3, title: "trial \(trial.number) stopped")
                } : []
            return [SVGElement("g", [:], [title, curve])] + end
        }
    }

    /// The part of a curve within the frame.
    private func points(_ trial: SweepHistory.Trial) -> ([Double], [Double]) {
        let points = trial.curve.enumerated().compactMap { index, value in
            value.flatMap { frame.yDomain.contains($0) ? (Double(index + 1), $0) : nil }
        }
        return (points.map(\.0), points.map(\.1))
    }
}
