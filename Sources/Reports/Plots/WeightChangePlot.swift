import Foundation

extension SVGDocument {
    /// A bar a layer, in the network's order and on a logarithmic scale: by which share of their norm the layer's
    /// arrays have moved; a diamond for a normalization's statistics.
    public static func weightChangePlot(_ figure: WeightChangeFigure) -> SVGDocument {
        WeightChangePlot(figure).document
    }
}

/// Lays out the change of weights.
private struct WeightChangePlot {
    private let layers: [WeightChangeFigure.Layer]
    private let groups: [String]
    private let frame: PlotFrame
    private static let rowHeight = 15.0
    /// The powers of ten that the scale goes from and to, at most.
    private static let limits = -6...2

    init(_ figure: WeightChangeFigure) {
        layers = figure.layers
        groups = figure.layers.reduce(into: []) { if $0.last != $1.group { $0.append($1.group) } }
        let changes = figure.layers.flatMap { [$0.change, $0.statisticsChange] }.compactMap(\.self)
            .filter { $0 > 0 && $0.isFinite }
        func power(_ change: Double?) -> Int? {
            change.map {
                min(max(Int(log10($0).rounded(.down)), Self.limits.lowerBound), Self.limits.upperBound - 1)
            }
        }
        let (low, high) = (power(changes.min()) ?? -2, (power(changes.max()) ?? -1) + 1)
        frame = PlotFrame(
            x: 290, y: 96, width: 420, height: max(Self.rowHeight * Double(figure.layers.count), 20),
            xDomain: Double(low)...Double(max(high, low + 1)), yDomain: 0...1)
    }

    var document: SVGDocument {
        let title = "How far the weights have moved"
        let subtitle = "‖after − before‖ / ‖before‖ of each layer since training began"
        return SVGDocument(
            name: "graft-weight-change", width: frame.x + frame.width + 110,
            height: frame.y + frame.height + 60, title: title, description: subtitle,
            PlotText.heading(title, subtitle, x: 24, width: 760) + legend + axes
                + layers.indices.flatMap(row) + groupNames)
    }

    private var axes: [SVGElement] {
        let powers = Int(frame.xDomain.lowerBound)...Int(frame.xDomain.upperBound)
        return frame.axes(
            xTicks: Ticks(values: powers.map(Double.init), labels: powers.map(label)),
            yTicks: Ticks(values: [], labels: []), xLabel: "relative change", yLabel: "")
    }

    /// `0.01 %` for the power -4.
    private func label(_ power: Int) -> String {
        power >= -2
            ? "\(Int(pow(10, Double(power + 2)))) %" : pow(10, Double(power + 2)).fixed(-power - 2) + " %"
    }

    private var legend: [SVGElement] {
        let y = 76.0
        return [
            SVGElement(
                "rect", ["class": "fill-series1", "x": frame.x, "y": y - 4, "width": 26.0, "height": 8.0]),
            PlotText.line("weights, coloured by group", x: frame.x + 34, y: y + 4, style: "fill-muted"),
            diamond(x: frame.x + 222, y: y),
            PlotText.line("running statistics", x: frame.x + 234, y: y + 4, style: "fill-muted"),
        ]
    }

    private func y(_ index: Int) -> Double { frame.y + (Double(index) + 0.5) * Self.rowHeight }

    private func row(_ index: Int) -> [SVGElement] {
        let layer = layers[index]
        let y = y(index)
        var inside: [SVGElement] = [SVGElement("title", text: hint(layer))]
        if let change = layer.change, change > 0 {
            let end = place(change)
            inside.append(
                SVGElement(
                    "rect",
                    [
                        "class": "fill-\(colour(index))", "x": frame.x, "y": y - 5,
                        "width": max(end - frame.x, 1.5), "height": 10.0,
                        "fill-opacity": layer.isImported ? 1 : 0.55,
                    ]))
        }
        if let change = layer.statisticsChange, change > 0 { inside.append(diamond(x: place(change), y: y)) }
        let note =
            layer.change.map { $0 == 0 ? (layer.isTrained ? "0" : "frozen") : percent($0) } ?? "from 0"
        return [
            SVGElement("g", [:], inside),
            PlotText.name(
                layer.name + (layer.isImported ? "" : " (new)"), x: frame.x - 10, y: y + 4, size: 10.5,
                anchor: .end, width: 170),
            PlotText.line(note, x: frame.x + frame.width + 10, y: y + 4, size: 10.5, style: "fill-muted"),
        ]
    }

    /// Where a change comes to lie; beyond the scale, at its end.
    private func place(_ change: Double) -> Double {
        frame.xScale(min(max(log10(change), frame.xDomain.lowerBound), frame.xDomain.upperBound))
    }

    private func colour(_ index: Int) -> String {
        let group = layers[...index].reduce(into: [String]()) {
            if $0.last != $1.group { $0.append($1.group) }
        }
        return "series\((group.count - 1) % Theme.seriesCount + 1)"
    }

    private func diamond(x: Double, y: Double) -> SVGElement {
        let corners = [(0, -4.5), (4.5, 0), (0, 4.5), (-4.5, 0)].map { dx, dy in
            "\((x + dx).attributeText) \((y + dy).attributeText)"
        }
        return SVGElement(
            "path",
            [
                "class": "fill-page stroke-ink", "d": "M" + corners.joined(separator: "L") + "Z",
                "stroke-width": "1.2",
            ])
    }

    /// Each group's name at its first layer, with a line above.
    private var groupNames: [SVGElement] {
        layers.indices.filter { $0 == 0 || layers[$0 - 1].group != layers[$0].group }.flatMap { first in
            let top = y(first) - Self.rowHeight / 2
            let line = SVGElement(
                "line", ["class": "stroke-grid", "x1": 24, "x2": frame.x, "y1": top, "y2": top])
            return (first == 0 ? [] : [line]) + [
                PlotText.name(layers[first].group, x: 24, y: y(first) + 4, size: 10.5, width: 80)
            ]
        }
    }

    private func hint(_ layer: WeightChangeFigure.Layer) -> String {
        let moved = layer.change.map { "weights moved by \(percent($0))" } ?? "weights were 0"
        let statistics = layer.statisticsChange.map { ", statistics by \(percent($0))" } ?? ""
        return "\(layer.name) (\(layer.group)): \(moved)\(statistics)"
    }

    private func percent(_ share: Double) -> String { String(format: "%.3g", share * 100) + " %" }
}
