import Evaluation

extension SVGDocument {
    /// A confusion matrix: true classes in rows, predicted classes in columns. A cell has its count, up to
    /// fifteen classes also its share of the row, and is shaded by that share.
    public static func confusionMatrixPlot(_ matrix: ConfusionMatrix) -> SVGDocument {
        ConfusionMatrixPlot(matrix).document
    }

    /// The same with the classes that are taken for each other side by side:
    /// ``/Evaluation/ConfusionMatrix/clusteredOrder``.
    public static func clusteredConfusionMatrixPlot(_ matrix: ConfusionMatrix) -> SVGDocument {
        ConfusionMatrixPlot(
            matrix.reordered(matrix.clusteredOrder), name: "graft-confusion-matrix-clustered",
            title: "Confusion matrix, clustered"
        ).document
    }
}

/// Lays out a confusion matrix, with its classes' names to the left and below.
struct ConfusionMatrixPlot {
    private let matrix: ConfusionMatrix
    private let name: String
    private let title: String
    private let shares: [[Double]]
    private let cell: Double
    private let labelSize: Double
    private let labelWidth: Double
    private let isSlanted: Bool
    private let x: Double
    private let y = 72.0

    init(
        _ matrix: ConfusionMatrix, name: String = "graft-confusion-matrix",
        title: String = "Confusion matrix"
    ) {
        self.matrix = matrix
        self.name = name
        self.title = title
        shares = matrix.normalized(by: .true)
        let count = matrix.classNames.count
        let cell = max(26, min(110, 520 / Double(count)))
        let labelSize = count > 15 ? 11.0 : 12.0
        let widest = matrix.classNames.map { TextWidth.of($0, size: labelSize) }.max() ?? 0
        labelWidth = min(widest + 2, 190)
        isSlanted = widest > cell - 6
        self.cell = cell
        self.labelSize = labelSize
        // Slanted names reach out to the left of the first column.
        let reach = isSlanted ? labelWidth * Self.cosine - cell / 2 + 12 : 0
        x = 44 + max(labelWidth + 10, reach)
    }

    var document: SVGDocument {
        let samples = matrix.sampleCount
        let summary =
            "\(samples) sample\(samples == 1 ? "" : "s") · accuracy \((matrix.accuracy * 100).fixed(1)) %"
        return SVGDocument(
            name: name, width: max(x + side + 24 + 70, x + 260),
            height: y + side + labelHeight + 46, title: title, description: description,
            PlotText.heading(title, summary, x: x) + cells + [edge] + rowNames + columnNames + axisNames
                + shadeKey)
    }

    private static let cosine = 0.7071
    private var count: Int { matrix.classNames.count }
    private var side: Double { cell * Double(count) }
    private var labelHeight: Double { isSlanted ? labelWidth * Self.cosine + 16 : 20 }

    private var cells: [SVGElement] {
        matrix.counts.indices.flatMap { row in matrix.counts.indices.map { cell(row, $0) } }
    }

    private func cell(_ row: Int, _ column: Int) -> SVGElement {
        let (left, top) = (x + Double(column) * cell, y + Double(row) * cell)
        let share = shares[row][column]
        let number = matrix.counts[row][column]
        let background = SVGElement(
            "rect",
            [
                "class": "fill-shade stroke-grid", "fill-opacity": share, "x": left, "y": top, "width": cell,
                "height": cell,
            ])
        let hint =
            "\(matrix.classNames[row]) taken for \(matrix.classNames[column]): \(number) "
            + "(\(percentage(row, column)))"
        let style = number == 0 ? "fill-muted" : share > Theme.inkLimit ? "fill-onshade" : "fill-ink"
        return SVGElement(
            "g", [:],
            [SVGElement("title", text: hint), background]
                + numbers(row, column, x: left + cell / 2, y: top + cell / 2, style: style))
    }

    private func numbers(_ row: Int, _ column: Int, x: Double, y: Double, style: String) -> [SVGElement] {
        let number = matrix.counts[row][column]
        // Where cells are small, zeros would hide what matters.
        guard count <= 15 || number > 0 else { return [] }
        let size = fitting("\(number)", size: count <= 5 ? 18 : count <= 10 ? 14 : 12)
        guard count <= 15, number > 0 else {
            return [
                PlotText.line(
                    "\(number)", x: x, y: y + size * 0.36, size: size, anchor: .middle, style: style)
            ]
        }
        let share = percentage(row, column)
        let shareSize = fitting(share, size: count <= 5 ? 13 : count <= 10 ? 11 : 10)
        return [
            PlotText.line(
                "\(number)", x: x, y: y - 1, size: size, anchor: .middle, style: style + " bold"),
            PlotText.line(
                share, x: x, y: y + shareSize + 2, size: shareSize, anchor: .middle, style: style),
        ]
    }

    /// The size at which a text fits into a cell, at most the one that is given.
    private func fitting(_ text: String, size: Double) -> Double {
        min(size, size * (cell - 4) / max(TextWidth.of(text, size: size), 1))
    }

    private func percentage(_ row: Int, _ column: Int) -> String {
        guard matrix.trueCounts[row] > 0 else { return "no samples" }
        return (shares[row][column] * 100).fixed(count <= 10 ? 1 : 0) + " %"
    }

    private var edge: SVGElement {
        SVGElement(
            "rect",
            ["class": "stroke-frame", "fill": "none", "x": x, "y": y, "width": side, "height": side])
    }

    private var rowNames: [SVGElement] {
        matrix.classNames.enumerated().map { index, name in
            PlotText.name(
                name, x: x - 8, y: y + (Double(index) + 0.5) * cell + 4, size: labelSize, anchor: .end,
                width: labelWidth)
        }
    }

    private var columnNames: [SVGElement] {
        matrix.classNames.enumerated().map { index, name in
            let middle = x + (Double(index) + 0.5) * cell
            guard isSlanted else {
                return PlotText.name(
                    name, x: middle, y: y + side + 18, size: labelSize, anchor: .middle, width: cell)
            }
            return PlotText.name(name, x: 0, y: 0, size: labelSize, anchor: .end, width: labelWidth)
                .with(
                    "transform",
                    "translate(\((middle + 4).attributeText) \((y + side + 14).attributeText)) rotate(-45)")
        }
    }

    private var axisNames: [SVGElement] {
        [
            PlotText.line(
                "predicted class", x: x + side / 2, y: y + side + labelHeight + 22, size: 13,
                anchor: .middle),
            PlotText.line("true class", x: 0, y: 0, size: 13, anchor: .middle)
                .with("transform", "translate(26 \((y + side / 2).attributeText)) rotate(-90)"),
        ]
    }

    /// What the shades mean: a column of them to the right, from none to all of a row.
    private var shadeKey: [SVGElement] {
        let (left, step) = (x + side + 24, 5.0)
        let steps = Int(min(side, 220) / step)
        let height = step * Double(steps)
        let bars = (0..<steps).map { index in
            SVGElement(
                "rect",
                [
                    "class": "fill-shade", "fill-opacity": (Double(index) + 0.5) / Double(steps), "x": left,
                    "y": y + height - Double(index + 1) * step, "width": 14.0, "height": step,
                    // Else light would shine through between the bars.
                    "shape-rendering": "crispEdges",
                ])
        }
        let frame = SVGElement(
            "rect",
            ["class": "stroke-frame", "fill": "none", "x": left, "y": y, "width": 14.0, "height": height])
        let labels = [0, 25, 50, 75, 100].map { percent in
            PlotText.line(
                "\(percent) %", x: left + 20, y: y + height * (1 - Double(percent) / 100) + 4, size: 11,
                style: "fill-muted")
        }
        let caption = PlotText.line(
            "of the row", x: left, y: y + height + 20, size: 11, style: "fill-muted")
        return bars + [frame] + labels + [caption]
    }

    private var description: String {
        let rows = matrix.classNames.indices.map { row in
            let hits = matrix.counts[row][row]
            return "\(matrix.classNames[row]) \(hits) of \(matrix.trueCounts[row])"
        }
        return "True classes in rows, predicted classes in columns; cells are shaded by their share of the "
            + "row. Correctly predicted: \(rows.joined(separator: ", "))."
    }
}
