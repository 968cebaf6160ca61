import Datasets
import Foundation
import Reports
import Wording

/// Writes explanations of pictures into a folder, and an overview of all of them.
public struct ExplanationWriter {
    /// The folder; it is made where it is not there.
    public let folder: URL
    private let explainer: Explainer
    private var cards: [ExplanationCard] = []
    private var rows: [[String]] = []
    private var names: Set<String> = []
    /// How large pictures are drawn, in pixels.
    private static let side = (figure: 256, card: 112)

    /// A writer into a folder.
    public init(folder: URL, of explainer: Explainer) {
        (self.folder, self.explainer) = (folder, explainer)
    }

    /// Writes an explanation: `NAME.METHOD.svg`, `.csv` with the maps' numbers, and `.png`, the first map upon the
    /// picture.
    /// - Parameters:
    ///   - name: what the files are called; a number is put behind a name that was there before.
    ///   - source: where the picture comes from.
    ///   - truth: the picture's class, or classes where they are told each by itself; nil where that is not known.
    /// - Returns: the drawing.
    /// - Throws: `ReportError` where a file cannot be written.
    @discardableResult
    public mutating func write(
        _ explanation: Explanation, named name: String, source: String, truth: [Int]? = nil
    ) throws -> URL {
        let stem = "\(free(name)).\(explainer.methodName)"
        let (picture, maps) = try pictures(explanation, side: Self.side.figure)
        let classNames = explanation.classNames
        let figure = ExplanationFigure(
            title: source, subtitle: explanation.method, picture: picture.base64EncodedString(),
            aspect: explanation.aspect,
            panels: zip(explanation.maps, maps).map { map, picture in
                .init(
                    title: explanation.title(of: map.label, truth), picture: picture.base64EncodedString(),
                    greatest: explainer.text(ofGreatest: map.cells.map(\.value).max() ?? 0))
            },
            scores: explanation.likeliest(5, and: explanation.maps.map(\.label) + (truth ?? []))
                .map { label in
                    .init(
                        name: classNames[label], value: explanation.scores[label],
                        remark: truth?.contains(label) == true ? "true class" : "")
                })
        let writer = EvidenceWriter(folder: folder)
        try writer.write(CSVTable(explanation), named: "\(stem).csv")
        try writer.write(.explanationPlot(figure), named: "\(stem).svg")
        if let first = maps.first { try writeAtomically(first, to: folder.appending(path: "\(stem).png")) }
        try add(explanation, source: source, truth, stem)
        return folder.appending(path: "\(stem).svg")
    }

    /// Writes `METHOD.svg`, all pictures with their maps side by side, and `METHOD.csv`, what each is.
    /// - Parameter prefix: what stands before that: `mistakes.grad-cam.svg`.
    /// - Returns: the drawing.
    /// - Throws: `ReportError` where a file cannot be written.
    @discardableResult
    public func writeOverview(title: String, named prefix: String? = nil) throws -> URL {
        let name = [prefix, explainer.methodName].compactMap(\.self).joined(separator: ".")
        let writer = EvidenceWriter(folder: folder)
        try writer.write(
            CSVTable(
                header: ["file", "true", "predicted", "probability", "explained", "map"], rows: rows),
            named: "\(name).csv")
        try writer.write(
            .explanationSheet(
                name: "graft-" + name.replacing(".", with: "-"), title: title, subtitle: explainer.method,
                cards, scale: explainer.scale),
            named: "\(name).svg")
        return folder.appending(path: "\(name).svg")
    }

    private mutating func free(_ name: String) -> String {
        var found = name
        var number = 2
        while !names.insert(found).inserted {
            found = "\(name)-\(number)"
            number += 1
        }
        return found
    }

    /// The picture and its maps upon it, as PNG files.
    private func pictures(_ explanation: Explanation, side: Int) throws -> (picture: Data, maps: [Data]) {
        let image = explanation.image.scaled(to: side)
        return (try image.png(), try explanation.maps.map { try image.overlaid(with: $0.heat).png() })
    }

    private mutating func add(
        _ explanation: Explanation, source: String, _ truth: [Int]?, _ stem: String
    ) throws {
        let (picture, maps) = try pictures(explanation, side: Self.side.card)
        let (classNames, predicted) = (explanation.classNames, explanation.predictedLabels)
        let verdict = predicted.map { "\(classNames[$0]) \(percent(explanation.scores[$0]))" }
            .joined(separator: ", ")
        func names(_ labels: [Int]) -> String { labels.map { classNames[$0] }.joined(separator: ", ") }
        cards.append(
            ExplanationCard(
                pictures: ([picture] + maps).map { $0.base64EncodedString() }, aspect: explanation.aspect,
                captions: [predicted.isEmpty ? "none of the classes" : verdict]
                    + explanation.maps.map { explanation.title(of: $0.label, truth) },
                detail: truth.map { truth in
                    truth == predicted
                        ? "which is right" : "is " + (truth.isEmpty ? "none of the classes" : names(truth))
                } ?? source,
                hint: source))
        rows.append([
            source, (truth ?? []).map { classNames[$0] }.joined(separator: ";"),
            predicted.map { classNames[$0] }.joined(separator: ";"),
            // Of several classes, or none, that of the one which is explained.
            (explanation.isMultiLabel ? explanation.maps.first?.label : explanation.predicted)
                .map { CSVTable.field(explanation.scores[$0]) } ?? "",
            explanation.maps.map { classNames[$0.label] }.joined(separator: ";"), "\(stem).csv",
        ])
    }
}

extension Explanation {
    fileprivate var aspect: Double { Double(image.width) / Double(image.height) }

    /// The likeliest classes, and those of a list that are not among them.
    fileprivate func likeliest(_ count: Int, and others: [Int]) -> [Int] {
        let order = scores.indices.sorted { (scores[$1], $0) < (scores[$0], $1) }
        return order.prefix(count) + order.dropFirst(count).filter(others.contains)
    }

    /// A class with what it is here.
    fileprivate func title(of label: Int, _ truth: [Int]?) -> String {
        let roles =
            (predictedLabels.contains(label) ? ["predicted"] : [])
            + (truth?.contains(label) == true ? ["true"] : [])
        return classNames[label] + (roles.isEmpty ? "" : " (\(roles.joined(separator: ", ")))")
    }
}
