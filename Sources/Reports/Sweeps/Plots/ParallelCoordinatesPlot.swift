extension SVGDocument {
    /// A line for each finished trial through its settings and its metric; the better, the stronger.
    public static func parallelCoordinatesPlot(_ history: SweepHistory) -> SVGDocument {
        ParallelCoordinatesPlot(history).document
    }
}

/// Lays out parallel axes, the metric's last.
struct ParallelCoordinatesPlot {
    private let history: SweepHistory
    private let scales: [ParameterScale]
    private let names: [SweepHistory.Parameter]
    private let left = 84.0
    private let top = 124.0
    private let height = 320.0
    private let step = 150.0

    init(_ history: SweepHistory) {
        self.history = history
        let metric = SweepHistory.Parameter(name: history.metrics.first?.name ?? "metric")
        names = history.parameters + [metric]
        let finished = history.finished
        scales =
            history.parameters.enumerated().map { index, parameter in
                ParameterScale(parameter, finished.compactMap { $0.trial.settings[index] })
            } + [ParameterScale(metric, finished.map(\.value))]
    }

    private func x(_ index: Int) -> Double { left + Double(index) * step }

    private func y(_ number: Double, _ index: Int) -> Double {
        LinearScale(domain: scales[index].domain, start: top + height, end: top)(scales[index](number))
    }

    var document: SVGDocument {
        SVGDocument(
            name: "graft-parallel", width: x(names.count - 1) + 110, height: top + height + 40,
            title: "Parallel coordinates",
            description:
                "\(history.finished.count) finished trials as lines through their settings and their metric.",
            PlotText.heading(
                "Parallel coordinates",
                "\(history.finished.count) finished trials · the better, the stronger", x: 40)
                + lines + names.indices.flatMap(axis))
    }

    private func axis(_ index: Int) -> [SVGElement] {
        let ticks = scales[index].ticks(count: 5)
        let line = SVGElement(
            "line", ["class": "stroke-frame", "x1": x(index), "x2": x(index), "y1": top, "y2": top + height])
        let marks = zip(ticks.values, ticks.labels).map { value, label in
            let place = LinearScale(domain: scales[index].domain, start: top + height, end: top)(value)
            // A rim in the page's colour keeps it readable where lines pass.
            return PlotText.name(
                label, x: x(index) + 6, y: place + 4, width: step * 0.7, style: "fill-ink stroke-page"
            )
            .with("style", "paint-order:stroke;stroke-width:3")
        }
        let title = PlotText.name(
            names[index].title, x: x(index), y: top - 16, size: 13, anchor: .middle, width: step - 14)
        return [line] + marks + [title]
    }

    private var lines: [SVGElement] {
        let sorted = history.finished.sorted { history.isBetter($1.value, $0.value) }
        return sorted.enumerated().map { rank, item in
            let share = sorted.count > 1 ? Double(rank) / Double(sorted.count - 1) : 1
            let numbers = item.trial.settings + [item.value]
            var path = ""
            for (index, number) in numbers.enumerated() {
                guard let number else { continue }
                path +=
                    "\(path.isEmpty ? "M" : "L")\(x(index).attributeText) \(y(number, index).attributeText)"
            }
            let isBest = rank == sorted.count - 1
            let line = SVGElement(
                "path", ["d": path, "class": "line \(isBest ? "stroke-series2" : "stroke-shade")"]
            )
            .with("stroke-opacity", isBest ? 1 : 0.08 + 0.7 * share * share)
            .with("style", "stroke-width:\(isBest ? 2.6 : 1.4)")
            return SVGElement(
                "g", [:],
                [SVGElement("title", text: "trial \(item.trial.number): \(item.value.fixed(4))"), line])
        }
    }
}
