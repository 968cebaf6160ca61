import Evaluation
import Foundation

extension SVGDocument {
    /// Loss and accuracy of every step, as measured and smoothed; stages are divided by dashed lines.
    /// - Parameter smoothing: nil for what suits the number of steps.
    public static func stepsPlot(_ history: StepHistory, smoothing: Smoothing? = nil) -> SVGDocument {
        let smoothing = smoothing ?? Smoothing(points: history.steps.count)
        let losses = history.steps.map(\.loss)
        let loss = StepPanel(history, losses, label: "loss", smoothing: smoothing, y: 118)
        let accuracy = StepPanel(
            history, history.steps.map(\.accuracy), label: "accuracy", smoothing: smoothing,
            y: 118 + StepPanel.size.height + 76, domain: 0...1.01)
        let count = "\(history.steps.count) step\(history.steps.count == 1 ? "" : "s")"
        let smoothed = smoothing.isNone ? "" : " · smoothed by \(smoothing.text)"
        let last = smoothing(losses).last.map { "At the end the loss is about \($0.fixed(3))." } ?? ""
        return SVGDocument(
            name: "graft-steps", width: 976, height: 118 + 2 * StepPanel.size.height + 76 + 56,
            title: "Loss and accuracy by step",
            description: "Loss and accuracy of the training pictures over \(count)\(smoothed). \(last)",
            PlotText.heading("Loss and accuracy by step", count + smoothed, x: 72, width: 880)
                + legend(smoothing) + loss.elements + accuracy.elements)
    }

    private static func legend(_ smoothing: Smoothing) -> [SVGElement] {
        guard !smoothing.isNone else { return [] }
        let line = SVGElement("line", ["x1": 72.0, "x2": 102.0, "y1": 74.0, "y2": 74.0])
        let other = SVGElement("line", ["x1": 190.0, "x2": 220.0, "y1": 74.0, "y2": 74.0])
        return [
            StepPanel.smooth(line), PlotText.line("smoothed", x: 110, y: 78),
            StepPanel.raw(other).with("opacity", 0.32), PlotText.line("as measured", x: 228, y: 78),
        ]
    }

    /// The learning rate of every step, on a logarithmic axis where it goes through more than a decade; stages are
    /// divided by dashed lines.
    public static func learningRateTrace(_ history: StepHistory) -> SVGDocument {
        let rates = history.steps.map(\.learningRate)
        let finite = rates.filter(\.isFinite)
        let (low, high) = (finite.min() ?? 0, finite.max() ?? 1)
        let positive = finite.filter { $0 > 0 }.min() ?? 1
        // A warm-up or a schedule that ends at zero should not stretch the axis down to nothing.
        let isLogarithmic = high > 12 * positive && low >= 0 && high > 0
        let floor = max(log10(positive), log10(max(high, 1e-300)) - 6).rounded(.down)
        let axis = isLogarithmic ? Self.decades(floor, high) : Self.plain(low, high)
        let panel = StepPanel(
            history, rates.map { isLogarithmic ? log10(max($0, pow(10, floor))) : $0 },
            label: "learning rate", smoothing: Smoothing(weight: 0), y: 92, domain: axis.domain,
            ticks: axis.ticks, transform: isLogarithmic ? .log : nil)
        let (first, last) = (rates.first ?? 0, rates.last ?? 0)
        let text =
            "\(rates.count) steps · from \(number(first)) to \(number(last)) · greatest \(number(high))"
        return SVGDocument(
            name: "graft-learning-rate-trace", width: 976, height: 92 + StepPanel.size.height + 56,
            title: "Learning rate", description: "The learning rate over the steps: \(text).",
            PlotText.heading("Learning rate", text, x: 72, width: 880) + panel.elements)
    }

    private static func plain(_ low: Double, _ high: Double) -> (domain: ClosedRange<Double>, ticks: Ticks?) {
        let top = high > 0 ? high * 1.04 : 1
        let ticks = Ticks(in: min(low, 0)...top, count: 5)
        return (
            min(low, 0)...top, Ticks(values: ticks.values, labels: ticks.values.map(number))
        )
    }

    private static func decades(
        _ floor: Double, _ high: Double
    ) -> (domain: ClosedRange<Double>, ticks: Ticks?) {
        let top = log10(high) + 0.06
        let steps = Array(stride(from: floor, through: top, by: 1)).flatMap { decade in
            (top - floor > 3 ? [1.0] : [1, 2, 5]).map { decade + log10($0) }
        }.filter { $0 <= top }
        return (floor - 0.04...top, Ticks(values: steps, labels: steps.map { power(pow(10, $0)) }))
    }

    /// Short enough to stand beside the axis' name.
    private static func power(_ rate: Double) -> String {
        guard rate < 0.00099, rate > 0 else { return number(rate) }
        let exponent = (log10(rate) + 1e-9).rounded(.down)
        return "\(number((rate / pow(10, exponent)).rounded()))e\(Int(exponent))"
    }

    private static func number(_ rate: Double) -> String { rate == 0 ? "0" : String(format: "%.3g", rate) }
}
