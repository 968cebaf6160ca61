import Datasets
import Evaluation
import Foundation
import Reports
import Wording

/// What predictions say of single pictures, with the pictures: the surest mistakes, the least certain ones and
/// one of each cell of the confusion matrix.
public struct GalleryEvidence {
    private let predictions: Predictions
    private let samples: [String: Sample]

    /// The evidence for predictions about a dataset's pictures.
    public init(_ predictions: Predictions, of dataset: Dataset) {
        self.predictions = predictions
        samples = Dictionary(dataset.samples.map { ($0.identifier, $0) }) { first, _ in first }
    }

    /// Writes `gallery.csv`, `gallery_mistakes.svg`, `gallery_uncertain.svg` and, of up to twelve classes,
    /// `gallery_cells.svg`.
    /// - Parameter count: how many mistakes, and how many of the least certain.
    /// - Throws: `ReportError` where a file cannot be written, `DatasetError` where a picture cannot be read.
    public func write(to folder: URL, count: Int = 24) throws {
        let mistakes = predictions.surestMistakes(count)
        let uncertain = predictions.leastCertain(count)
        let cells = predictions.surestOfEachCell
        let drawings = [
            "gallery_mistakes.svg": SVGDocument.pictureCards(
                name: "graft-gallery-mistakes", title: "The surest mistakes",
                subtitle: "taken for another class with the greatest probability", try mistakes.map(card)),
            "gallery_uncertain.svg": SVGDocument.pictureCards(
                name: "graft-gallery-uncertain", title: "The least certain",
                subtitle: "the two likeliest classes are the closest", try uncertain.map(card)),
        ]
        let matrix = try cellDrawing(cells)
        let writer = EvidenceWriter(folder: folder)
        try writer.write(table(mistakes, uncertain, cells.joined().compactMap(\.self)), named: "gallery.csv")
        for (name, drawing) in drawings { try writer.write(drawing, named: name) }
        if let matrix { try writer.write(matrix, named: "gallery_cells.svg") }
    }

    /// More classes would not fit on a page.
    private func cellDrawing(_ cells: [[Predictions.Telling?]]) throws -> SVGDocument? {
        guard cells.count <= 12 else { return nil }
        let cards = try cells.map { row in
            try row.map { cell in
                try cell.map { telling in
                    var card = try card(telling)
                    card.lines = [percent(telling.confidence)]
                    return card
                }
            }
        }
        return .pictureMatrix(classNames: predictions.classNames, cards)
    }

    private func card(_ telling: Predictions.Telling) throws -> PictureCard {
        let row = predictions.rows[telling.row]
        let (label, predicted) = (row.label, row.predictedLabel)
        let verdict = "\(predictions.classNames[predicted]) \(percent(telling.confidence))"
        let truth = "is \(predictions.classNames[label]) \(percent(row.scores[label]))"
        return PictureCard(
            picture: try samples[row.identifier]?.image().shrunk(to: 112).png().base64EncodedString(),
            lines: label == predicted ? [verdict, "which is right"] : [verdict, truth],
            hint: row.identifier)
    }

    private func table(
        _ mistakes: [Predictions.Telling], _ uncertain: [Predictions.Telling], _ cells: [Predictions.Telling]
    ) -> CSVTable {
        let parts = [("mistake", mistakes), ("uncertain", uncertain), ("cell", cells)]
        return CSVTable(
            header: ["gallery", "file", "true", "predicted", "probability", "margin", "true_probability"],
            rows: parts.flatMap { name, samples in
                samples.map { telling in
                    let row = predictions.rows[telling.row]
                    return [
                        name, row.identifier, predictions.classNames[row.label],
                        predictions.classNames[row.predictedLabel],
                    ] + [telling.confidence, telling.margin, row.scores[row.label]].map(CSVTable.field)
                }
            })
    }
}
