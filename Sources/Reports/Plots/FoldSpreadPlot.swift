import Evaluation
import Foundation

/// Values of several metrics, each once a fold.
public struct FoldSpread: Sendable {
    /// The metrics, all from 0 to 1, with a value a fold.
    public var metrics: [(name: String, values: [Double])]

    /// A spread.
    public init(metrics: [(name: String, values: [Double])]) { self.metrics = metrics }
}

extension SVGDocument {
    /// A row a metric: a dot for each fold, a line at the mean and a band of one standard deviation (of a
    /// sample) either way.
    public static func foldSpreadPlot(_ spread: FoldSpread) -> SVGDocument {
        let rowHeight = 44.0
        let values = spread.metrics.flatMap(\.values)
        // Tenths around everything there is to see.
        let low = max(0, ((values.min() ?? 0) * 10).rounded(.down) / 10)
        let high = min(1, ((values.max() ?? 1) * 10).rounded(.up) / 10)
        let frame = PlotFrame(
            x: 170, y: 76, width: 430, height: max(rowHeight * Double(spread.metrics.count), rowHeight),
            xDomain: low...max(high, low + 0.1), yDomain: 0...1)
        let folds = spread.metrics.first?.values.count ?? 0
        var elements = PlotText.heading(
            "Spread of the folds", "\(folds) folds: dots; their mean and one standard deviation either way",
            x: 24, width: 600)
        let ticks = stride(from: low, through: high + 1e-9, by: 0.1)
        for tick in ticks {
            elements.append(frame.vertical(at: tick, style: "stroke-grid"))
            elements.append(
                PlotText.line(
                    String(format: "%.1f", tick), x: frame.xScale(tick), y: frame.y + frame.height + 18,
                    anchor: .middle, style: "fill-muted"))
        }
        for (row, metric) in spread.metrics.enumerated() {
            let y = frame.y + (Double(row) + 0.5) * rowHeight
            elements.append(
                PlotText.name(metric.name, x: frame.x - 12, y: y + 4, anchor: .end, width: frame.x - 30))
            elements += marks(metric.values, at: y, frame.xScale)
        }
        return SVGDocument(
            name: "fold-spread", width: frame.x + frame.width + 40, height: frame.y + frame.height + 36,
            title: "Spread of the folds", description: "How far the results of \(folds) folds lie apart",
            elements)
    }

    private static func marks(_ values: [Double], at y: Double, _ scale: LinearScale) -> [SVGElement] {
        let spread = SampleSpread(values)
        let (mean, deviation) = (spread.mean, spread.deviation ?? 0)
        let left = scale(mean - deviation)
        let band = SVGElement(
            "rect",
            [
                "class": "fill-series1", "opacity": "0.2", "x": left, "y": y - 11,
                "width": scale(mean + deviation) - left, "height": 22.0,
            ])
        let line = SVGElement(
            "line",
            ["class": "stroke-series1", "x1": scale(mean), "x2": scale(mean), "y1": y - 11, "y2": y + 11])
        return [band, line]
            + values.map {
                SVGElement("circle", ["class": "fill-series1", "cx": scale($0), "cy": y, "r": 3.5])
            }
    }
}
