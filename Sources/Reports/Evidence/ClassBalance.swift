/// How many pictures each split has of each class.
public struct ClassBalance: Sendable, Equatable {
    /// The classes.
    public var classNames: [String]
    /// The splits, each with as many counts as there are classes.
    public var splits: [(name: String, counts: [Int])]
    /// How many pictures each split has: fewer than all counts make where pictures are of several classes each.
    public var totals: [Int]

    /// A table of counts.
    /// - Parameter totals: how many pictures each split has; as many as the counts make, if nil.
    public init(classNames: [String], splits: [(name: String, counts: [Int])], totals: [Int]? = nil) {
        self.classNames = classNames
        self.splits = splits
        self.totals = totals ?? splits.map { $0.counts.reduce(0, +) }
    }

    /// Whether two tables are the same.
    public static func == (left: ClassBalance, right: ClassBalance) -> Bool {
        left.classNames == right.classNames && left.splits.map(\.name) == right.splits.map(\.name)
            && left.splits.map(\.counts) == right.splits.map(\.counts) && left.totals == right.totals
    }
}

extension CSVTable {
    /// A row a class: how many pictures each split has of it, and what share of the split that is.
    public init(_ balance: ClassBalance) {
        let rows = balance.classNames.enumerated().map { label, name in
            [name] + balance.splits.map { "\($0.counts[label])" }
                + zip(balance.splits, balance.totals).map { split, total in
                    total == 0 ? "" : Self.field(Double(split.counts[label]) / Double(total))
                }
        }
        self.init(
            header: ["class"] + balance.splits.map(\.name) + balance.splits.map { "\($0.name)_share" },
            rows: rows)
    }
}

extension SVGDocument {
    /// Bars: for each class, how many pictures each split has of it.
    public static func classBalancePlot(_ balance: ClassBalance) -> SVGDocument {
        let (left, top, width, thickness) = (170.0, 84.0, 420.0, 12.0)
        let rowHeight = Double(balance.splits.count) * thickness + 12
        let most = Double(max(balance.splits.flatMap(\.counts).max() ?? 0, 1))
        var elements = PlotText.heading(
            "Class balance", "\(balance.totals.reduce(0, +)) pictures in \(balance.classNames.count) classes",
            x: 24, width: 600)
        var x = left
        for (number, split) in balance.splits.enumerated() {
            elements.append(bar(x: x, y: top - 20, width: 10, height: 10, series: number))
            elements.append(PlotText.line(split.name, x: x + 15, y: top - 11))
            x += 15 + TextWidth.of(split.name, size: 12) + 20
        }
        for (label, name) in balance.classNames.enumerated() {
            let y = top + Double(label) * rowHeight
            elements.append(
                PlotText.name(
                    name, x: left - 10, y: y + (rowHeight - 12) / 2 + 4, anchor: .end, width: left - 30))
            for (number, split) in balance.splits.enumerated() {
                let (count, line) = (split.counts[label], y + Double(number) * thickness)
                let length = Double(count) / most * width
                elements.append(
                    bar(x: left, y: line, width: length, height: thickness - 2, series: number))
                elements.append(
                    PlotText.line(
                        "\(count)", x: left + length + 5, y: line + 9, size: 10, style: "fill-muted"))
            }
        }
        let height = top + Double(balance.classNames.count) * rowHeight + 12
        return SVGDocument(
            name: "class-balance", width: left + width + 70, height: height, title: "Class balance",
            description: "How many pictures each split has of each class", elements)
    }

    private static func bar(
        x: Double, y: Double, width: Double, height: Double, series: Int
    ) -> SVGElement {
        SVGElement(
            "rect",
            [
                "class": "fill-series\(series % Theme.seriesCount + 1)", "x": x, "y": y, "width": width,
                "height": height,
            ])
    }
}
