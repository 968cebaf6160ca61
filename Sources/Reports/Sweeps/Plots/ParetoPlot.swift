extension SVGDocument {
    /// The first two metrics of all finished trials, those filled that nothing beats in both.
    public static func paretoPlot(_ tradeOff: TradeOff) -> SVGDocument { ParetoPlot(tradeOff).document }
}

/// Lays out a Pareto front.
struct ParetoPlot {
    private let tradeOff: TradeOff
    private let frame: PlotFrame

    init(_ tradeOff: TradeOff) {
        self.tradeOff = tradeOff
        frame = PlotFrame(
            x: 84, y: 84, width: 520, height: 380, xDomain: PlotFrame.domain(of: tradeOff.points.map(\.x)),
            yDomain: PlotFrame.domain(of: tradeOff.points.map(\.y)))
    }

    private func isInside(_ point: TradeOff.Point) -> Bool {
        frame.xDomain.contains(point.x) && frame.yDomain.contains(point.y)
    }

    var document: SVGDocument {
        let front = tradeOff.front
        let summary = "\(front.count) of \(tradeOff.points.count) trials are beaten by no other"
        let line = front.filter(isInside)
        return SVGDocument(
            name: "graft-pareto", width: 84 + 520 + 24, height: 84 + 380 + 56, title: "Pareto front",
            description: "\(summary) in both metrics.",
            PlotText.heading("Pareto front", "\(summary): those filled", x: 84)
                + frame.axes(
                    xTicks: Ticks(in: frame.xDomain, count: 6), yTicks: Ticks(in: frame.yDomain, count: 6),
                    xLabel: tradeOff.names[0], yLabel: tradeOff.names[1])
                + [CurveStyle.best(frame.curve(line.map(\.x), line.map(\.y))).with("stroke-opacity", 0.6)]
                + dots)
    }

    private var dots: [SVGElement] {
        tradeOff.points.filter(isInside).map { point in
            frame.point(
                point.x, point.y, isFilled: point.isOnFront, style: point.isOnFront ? "series2" : "series1",
                title: "trial \(point.number): \(NumberText.short(point.x)), \(NumberText.short(point.y))")
        }
    }
}
