import Evaluation

/// The legend of ROC curves: a table with a line's look, its name and its area.
struct ROCLegend {
    private struct Line {
        var style: CurveStyle?
        var name: String
        var area: String
        /// Whether a gap before it sets it apart.
        var beginsGroup = false
    }

    private static let size = 12.0
    private static let swatchWidth = 38.0
    private let lines: [Line]
    private let top: Double
    private let pitch: Double
    private let nameWidth: Double
    private let areaWidth: Double

    init(_ roc: OneVsRestROC, top: Double) {
        let (classes, averages) = (Self.classLines(roc), Self.averageLines(roc))
        lines = classes + averages
        self.top = top
        pitch = lines.count > 20 ? 17 : 21
        func widest(_ lines: [Line]) -> Double {
            lines.map { TextWidth.of($0.name, size: Self.size) }.max() ?? 0
        }
        nameWidth = max(min(widest(classes), 230), widest(averages)) + 2
        areaWidth = lines.map { TextWidth.of($0.area, size: Self.size) }.max() ?? 0
    }

    /// The width in pixels.
    var width: Double { Self.swatchWidth + nameWidth + 14 + areaWidth }

    /// The height in pixels.
    var height: Double { pitch * Double(lines.count + 1) + 8 * Double(lines.count { $0.beginsGroup }) }

    func elements(x: Double) -> [SVGElement] {
        let right = x + width
        var y = top + 11
        var elements = [
            PlotText.line("class", x: x + Self.swatchWidth, y: y, style: "fill-muted"),
            PlotText.line("AUC", x: right, y: y, anchor: .end, style: "fill-muted"),
        ]
        for line in lines {
            y += pitch + (line.beginsGroup ? 8 : 0)
            let style = line.style == nil ? "fill-muted" : "fill-ink"
            if let swatch = line.style?.swatch(x: x, y: y - 4) { elements.append(swatch) }
            elements.append(
                PlotText.name(
                    line.name, x: x + Self.swatchWidth, y: y, size: Self.size, width: nameWidth, style: style)
            )
            elements.append(PlotText.line(line.area, x: right, y: y, anchor: .end, style: style))
        }
        return elements
    }

    private static func classLines(_ roc: OneVsRestROC) -> [Line] {
        roc.classes.enumerated().map { index, item in
            guard let curve = item.curve else {
                let reason = item.positives == 0 ? "no samples" : "no others"
                return Line(name: item.name, area: reason)
            }
            return Line(style: CurveStyle(class: index), name: item.name, area: curve.auc.fixed(3))
        }
    }

    private static func averageLines(_ roc: OneVsRestROC) -> [Line] {
        let left = roc.classes.count - roc.undefinedClasses.count
        let part = roc.undefinedClasses.isEmpty ? "" : " (\(left) of \(roc.classes.count) classes)"
        var lines = [
            roc.microAverage.map { Line(style: .micro, name: "micro average", area: $0.auc.fixed(3)) },
            roc.macroAverage.map { Line(style: .macro, name: "macro average" + part, area: $0.auc.fixed(3)) },
        ].compactMap(\.self)
        if !lines.isEmpty { lines[0].beginsGroup = true }
        lines.append(Line(style: .chance, name: "chance", area: "0.500"))
        if let area = roc.macroAUC {
            lines.append(
                Line(name: "mean of classes’ AUCs" + part, area: area.fixed(3), beginsGroup: true))
        }
        return lines
    }
}
