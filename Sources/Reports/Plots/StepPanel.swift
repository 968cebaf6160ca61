import Evaluation
import Foundation

/// One quantity over the steps of all stages: as measured, pale where it is smoothed, too.
struct StepPanel {
    private let history: StepHistory
    private let values: [Double]
    private let smoothing: Smoothing
    private let label: String
    private let yTicks: Ticks
    private let frame: PlotFrame
    static let size = (width: 880.0, height: 230.0)

    /// A panel.
    /// - Parameters:
    ///   - values: one a step; what is not finite is a gap.
    ///   - y: the upper edge.
    ///   - domain: what the vertical axis spans; if nil, what suits the values.
    ///   - ticks: the ticks of that axis; if nil, round numbers.
    ///   - transform: what the values have gone through.
    init(
        _ history: StepHistory, _ values: [Double], label: String, smoothing: Smoothing, y: Double,
        domain: ClosedRange<Double>? = nil, ticks: Ticks? = nil, transform: PlotFrame.Transform? = nil
    ) {
        (self.history, self.label, self.smoothing) = (history, label, smoothing)
        // A loss beyond all bounds is a gap in the curve, like one that is not a number.
        self.values = values.map { abs($0) < 1e100 ? $0 : .nan }
        let domain = domain ?? Self.domain(self.values, smoothing)
        yTicks = ticks ?? Ticks(in: domain, count: 5)
        frame = PlotFrame(
            x: 72, y: y, width: Self.size.width, height: Self.size.height,
            xDomain: 0.5...Double(max(values.count, 1)) + 0.5, yDomain: domain, yTransform: transform)
    }

    /// What most values are within: a single step that runs away would hide the rest.
    private static func domain(_ values: [Double], _ smoothing: Smoothing) -> ClosedRange<Double> {
        let sorted = values.filter(\.isFinite).sorted()
        guard let low = sorted.first, let greatest = sorted.last else { return 0...1 }
        let usual = sorted[(sorted.count - 1) * 99 / 100]
        let smooth = smoothing(values).filter(\.isFinite).max() ?? greatest
        let high = greatest < 1.5 * usual ? greatest : max(usual, smooth)
        let margin = max((high - low) * 0.04, abs(high) * 0.01, 1e-9)
        return Ticks.rounded((low >= 0 ? 0 : low - margin)...high + margin, count: 5)
    }

    var elements: [SVGElement] {
        let last = Double(max(values.count, 1))
        let axes = frame.axes(
            xTicks: Ticks(in: 1...max(last, 1.1), count: 10, integers: true), yTicks: yTicks,
            xLabel: "step", yLabel: label)
        let raw = Self.raw(frame.envelope(values)).with("opacity", smoothing.isNone ? 1 : 0.32)
        guard !smoothing.isNone else { return axes + stages + [raw] }
        let smooth = Self.smooth(frame.curve(values.indices.map { Double($0 + 1) }, smoothing(values)))
        return axes + stages + [raw, smooth]
    }

    private var stages: [SVGElement] {
        let stages = history.stages
        return stages.enumerated().flatMap { index, stage in
            let (first, last) = (Double(stage.steps.lowerBound) + 0.5, Double(stage.steps.upperBound) + 1.5)
            let name = PlotText.name(
                stage.name, x: frame.xScale((first + last) / 2), y: frame.y - 7, size: 11, anchor: .middle,
                width: frame.xScale(last) - frame.xScale(first) - 4, style: "fill-muted")
            let end = frame.vertical(at: last, style: "stroke-frame").with("stroke-dasharray", "4 3")
            return index + 1 < stages.count ? [name, end] : [name]
        }
    }

    /// The measured values' look.
    static func raw(_ element: SVGElement) -> SVGElement {
        element.with("class", "line stroke-series1").with("style", "stroke-width:1.1")
    }

    /// The smoothed values' look.
    static func smooth(_ element: SVGElement) -> SVGElement {
        element.with("class", "line stroke-series1").with("style", "stroke-width:2.2")
    }
}

extension PlotFrame {
    /// A line through values at 1, 2 and so on, cut off at the frame's edges. Of many that share half a pixel only the
    /// least and the greatest are drawn, so that the line looks the same and a long run's drawing stays small.
    func envelope(_ values: [Double]) -> SVGElement {
        var (xs, ys) = ([Double](), [Double]())
        var (column, low, high) = (-1.0, 0, 0)
        func flush() {
            guard column >= 0 else { return }
            for index in low == high ? [low] : [min(low, high), max(low, high)] {
                xs.append(Double(index + 1))
                ys.append(min(max(values[index], yDomain.lowerBound), yDomain.upperBound))
            }
        }
        for (index, value) in values.enumerated() {
            guard value.isFinite else {
                flush()
                column = -1
                xs.append(Double(index + 1))
                ys.append(.nan)
                continue
            }
            let place = (xScale(Double(index + 1)) * 2).rounded(.down)
            if place != column {
                flush()
                (column, low, high) = (place, index, index)
            }
            if value < values[low] { low = index }
            if value > values[high] { high = index }
        }
        flush()
        return curve(xs, ys)
    }
}
