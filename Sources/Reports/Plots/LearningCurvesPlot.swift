import Evaluation
import Wording
extension SVGDocument {
    /// Loss and accuracy over the epochs, of training and validation; stages are divided by dashed lines,
    /// and a line and rings mark the best epoch. Epochs are numbered from 1 through all stages. Of many epochs the
    /// curves are smoothed, with what was measured pale behind them.
    /// - Parameter smoothing: nil for what suits the number of epochs.
    public static func learningCurvesPlot(
        _ history: LearningHistory, smoothing: Smoothing? = nil
    ) -> SVGDocument {
        LearningCurvesPlot(history, smoothing ?? Smoothing(points: history.epochs.count)).document
    }
}

/// Lays out learning curves: two panels side by side, with the legend above.
struct LearningCurvesPlot {
    private let history: LearningHistory
    private let loss: LearningPanel
    private let accuracy: LearningPanel
    private let smoothing: Smoothing

    init(_ history: LearningHistory, _ smoothing: Smoothing) {
        self.smoothing = smoothing
        let epochs = history.epochs
        let size = (width: 400.0, height: 280.0)
        self.history = history
        loss = LearningPanel(
            history, label: "loss", training: epochs.map(\.loss), validation: epochs.map(\.validationLoss),
            x: 72, y: 112, width: size.width, height: size.height, limit: nil,
            smoothing: smoothing)
        accuracy = LearningPanel(
            history, label: "accuracy", training: epochs.map(\.accuracy),
            validation: epochs.map(\.validationAccuracy), x: 72 + size.width + 80, y: 112,
            width: size.width, height: size.height, limit: 1, smoothing: smoothing)
    }

    var document: SVGDocument {
        SVGDocument(
            name: "graft-learning-curves", width: 72 + 400 + 80 + 400 + 24, height: 112 + 280 + 56,
            title: "Learning curves", description: description,
            heading + legend + loss.elements + accuracy.elements)
    }

    private var hasValidation: Bool {
        history.epochs.contains { $0.validationLoss != nil || $0.validationAccuracy != nil }
    }

    private var best: EpochRecord? {
        history.best.flatMap { history.epochs.indices.contains($0) ? history.epochs[$0] : nil }
    }

    private var heading: [SVGElement] {
        let count = history.epochs.count
        let seconds = history.epochs.reduce(0) { $0 + $1.seconds }
        let stages = history.stages.enumerated().map { "\($0 + 1) \($1.name)" }
        let names = loss.showsStageNames ? "" : " · stages: " + stages.joined(separator: ", ")
        let summary =
            "\(counted(count, "epoch")) · \(durationText(seconds))"
            + (smoothing.isNone ? "" : " · smoothed by \(smoothing.text), as measured in pale") + names
        return PlotText.heading("Learning curves", summary, x: 72, width: 880)
    }

    private var legend: [SVGElement] {
        var x = 72.0
        var elements: [SVGElement] = []
        func add(_ mark: [SVGElement], _ text: String) {
            elements += mark + [PlotText.line(text, x: x + 38, y: 78)]
            x += 38 + TextWidth.of(text, size: 12) + 22
        }
        add(loss.swatch(.training, x: x, y: 74), "training")
        if hasValidation { add(loss.swatch(.validation, x: x, y: 74), "validation") }
        if let best, let index = history.best {
            let value =
                best.validationAccuracy.map { "validation accuracy \($0.fixed(3))" }
                ?? "accuracy \(best.accuracy.fixed(3))"
            add(loss.bestSwatch(x: x, y: 74), "best epoch: \(index + 1), \(value)")
        }
        return elements
    }

    private var description: String {
        guard let last = history.epochs.last else { return "No epochs were trained." }
        var sentences = [
            "Loss and accuracy over \(history.epochs.count) epochs.",
            "At the end: loss \(last.loss.fixed(3)), accuracy \(last.accuracy.fixed(3)).",
        ]
        if let loss = last.validationLoss { sentences.append("Validation loss \(loss.fixed(3)).") }
        if let accuracy = last.validationAccuracy {
            sentences.append("Validation accuracy \(accuracy.fixed(3)).")
        }
        if best != nil, let index = history.best { sentences.append("The best epoch is \(index + 1).") }
        return sentences.joined(separator: " ")
    }
}
