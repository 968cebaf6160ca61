import Evaluation

extension SVGDocument {
    /// ROC curves: one a class in the classes' order, the micro and macro averages dashed, and the diagonal
    /// of chance; the legend has the areas under the curves.
    public static func rocPlot(_ roc: OneVsRestROC) -> SVGDocument { ROCPlot(roc).document }
}

/// Lays out ROC curves, with their legend to the right.
struct ROCPlot {
    private let roc: OneVsRestROC
    private let legend: ROCLegend
    private let frame: PlotFrame

    init(_ roc: OneVsRestROC) {
        self.roc = roc
        let top = 72.0
        legend = ROCLegend(roc, top: top)
        let side = min(max(legend.height, 440), 600)
        // Curves of a good classifier run along the edges; a margin keeps them apart from the frame.
        frame = PlotFrame(
            x: 72, y: top, width: side, height: side, xDomain: -0.015...1.015, yDomain: -0.015...1.015)
    }

    var document: SVGDocument {
        SVGDocument(
            name: "graft-roc", width: frame.x + frame.width + 24 + legend.width + 24,
            height: frame.y + max(frame.height, legend.height) + 60, title: "ROC curves",
            description: description, heading + axes + curves + legend.elements(x: frame.x + frame.width + 24)
        )
    }

    private var sampleCount: Int { roc.classes.first.map { $0.positives + $0.negatives } ?? 0 }

    private var heading: [SVGElement] {
        PlotText.heading(
            "ROC curves", "each class against the rest · \(sampleCount) sample\(sampleCount == 1 ? "" : "s")",
            x: frame.x)
    }

    private var axes: [SVGElement] {
        let ticks = Ticks(in: 0...1, count: 5)
        return frame.axes(
            xTicks: ticks, yTicks: ticks, xLabel: "false positive rate", yLabel: "true positive rate")
            + [CurveStyle.chance(frame.curve([0, 1], [0, 1]))]
    }

    private var curves: [SVGElement] {
        roc.classes.enumerated().compactMap { index, item in
            item.curve.map { draw($0, item.name, CurveStyle(class: index)) }
        }
            + [
                roc.macroAverage.map { draw($0, "macro average", .macro) },
                roc.microAverage.map { draw($0, "micro average", .micro) },
            ].compactMap(\.self)
    }

    private func draw(_ curve: ROCCurve, _ name: String, _ style: CurveStyle) -> SVGElement {
        SVGElement(
            "g", [:],
            [
                SVGElement("title", text: "\(name): AUC \(curve.auc.fixed(3))"),
                style(frame.curve(curve.fpr, curve.tpr)),
            ])
    }

    private var description: String {
        let areas = roc.classes.map { item in
            item.curve.map { "\(item.name) \($0.auc.fixed(3))" } ?? "\(item.name) undefined"
        }
        let averages = [
            roc.microAverage.map { "micro average \($0.auc.fixed(3))" },
            roc.macroAverage.map { "macro average \($0.auc.fixed(3))" },
            roc.macroAUC.map { "mean of the classes' areas \($0.fixed(3))" },
        ]
        return "True positive rate over false positive rate, each class against the rest. Areas under the "
            + "curves: \((areas + averages.compactMap(\.self)).joined(separator: ", "))."
    }
}
