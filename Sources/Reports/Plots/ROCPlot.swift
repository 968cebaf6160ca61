import Evaluation

extension SVGDocument {
    /// ROC curves: one a class in the classes' order, the micro and macro averages dashed, and the diagonal
    /// of chance; the legend has the areas under the curves.
    public static func rocPlot(_ roc: OneVsRestROC) -> SVGDocument { ROCPlot(roc: roc).document }
}

/// Lays out ROC curves.
private struct ROCPlot {
    let roc: OneVsRestROC

    var document: SVGDocument {
        CurvesPlot(
            name: "graft-roc", title: "ROC curves",
            subtitle: "each class against the rest · " + CurvesPlot.samples(sampleCount),
            description: description, xAxis: .rate("false positive rate"),
            yAxis: .rate("true positive rate"), legend: classLines + averageLines, valueName: "AUC",
            backdrop: [.init(hint: "chance", style: .chance, xs: [0, 1], ys: [0, 1])], curves: curves
        ).document
    }

    private var sampleCount: Int { roc.classes.first.map { $0.positives + $0.negatives } ?? 0 }

    private var curves: [CurvesPlot.Curve] {
        func curve(_ curve: ROCCurve, _ name: String, _ style: CurveStyle) -> CurvesPlot.Curve {
            .init(hint: "\(name): AUC \(curve.auc.fixed(3))", style: style, xs: curve.fpr, ys: curve.tpr)
        }
        return roc.classes.enumerated().compactMap { index, item in
            item.curve.map { curve($0, item.name, CurveStyle(class: index)) }
        }
            + [
                roc.macroAverage.map { curve($0, "macro average", .macro) },
                roc.microAverage.map { curve($0, "micro average", .micro) },
            ].compactMap(\.self)
    }

    private var classLines: [CurveLegend.Line] {
        roc.classes.enumerated().map { index, item in
            guard let curve = item.curve else {
                let reason = item.positives == 0 ? "no samples" : "no others"
                return .init(name: item.name, value: reason, mayBeCut: true)
            }
            return .init(
                style: CurveStyle(class: index), name: item.name, value: curve.auc.fixed(3), mayBeCut: true)
        }
    }

    private var averageLines: [CurveLegend.Line] {
        let left = roc.classes.count - roc.undefinedClasses.count
        let part = roc.undefinedClasses.isEmpty ? "" : " (\(left) of \(roc.classes.count) classes)"
        var lines: [CurveLegend.Line] = [
            roc.microAverage.map { .init(style: .micro, name: "micro average", value: $0.auc.fixed(3)) },
            roc.macroAverage.map {
                .init(style: .macro, name: "macro average" + part, value: $0.auc.fixed(3))
            },
        ].compactMap(\.self)
        if !lines.isEmpty { lines[0].beginsGroup = true }
        lines.append(.init(style: .chance, name: "chance", value: "0.500"))
        if let area = roc.macroAUC {
            lines.append(
                .init(name: "mean of classes’ AUCs" + part, value: area.fixed(3), beginsGroup: true))
        }
        return lines
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
