import Foundation

/// Which table has the points of a drawing's curves, so that a page can tell the values of the one that is pointed at.
struct CurveValues: Encodable {
    /// The table's file.
    var table: String
    /// Which of the drawing's frames, counted from 0, the curves are in.
    var frame = 0
    /// The column that names the curve of a row; nil where each of ``y`` is a curve.
    var curve: String?
    /// The column that is placed from left to right; nil for the row's number.
    var x: String?
    /// The columns that are placed from bottom to top.
    var y: [String]
    /// The columns whose values are told beside those.
    var also: [String] = []

    /// The curves of a drawing in a folder; none where it has no curves, or nobody knows their table.
    static func of(_ drawing: String, in folder: URL) -> [CurveValues] {
        func has(_ name: String) -> Bool {
            FileManager.default.fileExists(atPath: folder.appending(path: name).path(percentEncoded: false))
        }
        switch drawing {
        case "learning_curves":
            return [("loss", 0), ("accuracy", 1)].map { name, frame in
                CurveValues(
                    table: "metrics.csv", frame: frame, y: [name, "val_\(name)"], also: ["stage", "epoch"])
            }
        case "steps":
            return [("loss", 0), ("accuracy", 1)].map { name, frame in
                CurveValues(table: "steps.csv", frame: frame, y: [name], also: ["stage", "epoch", "step"])
            }
        case "learning_rate":
            return [CurveValues(table: "steps.csv", y: ["learning_rate"], also: ["stage", "epoch", "step"])]
        case "roc":
            return [CurveValues(table: "roc.csv", curve: "curve", x: "fpr", y: ["tpr"], also: ["threshold"])]
        case "precision_recall":
            return [
                CurveValues(
                    table: "precision_recall.csv", curve: "curve", x: "recall", y: ["precision"],
                    also: ["threshold"])
            ]
        case "det":
            return [CurveValues(table: "det.csv", curve: "curve", x: "fpr", y: ["fnr"], also: ["threshold"])]
        case "thresholds":
            return [
                CurveValues(
                    table: "thresholds.csv", curve: "class", x: "threshold", y: ["f1-score"],
                    also: ["precision", "recall", "specificity"])
            ]
        case "calibration" where has("multilabel_confusion_matrix.csv"):
            return [
                CurveValues(
                    table: "calibration.csv", curve: "class", x: "probability", y: ["share"],
                    also: ["samples"])
            ]
        case "calibration":
            let tables =
                has("calibration_before.csv")
                ? [("calibration_before.csv", 0), ("calibration.csv", 2)] : [("calibration.csv", 0)]
            return tables.map { table, frame in
                CurveValues(
                    table: table, frame: frame, x: "confidence", y: ["accuracy"],
                    also: ["samples", "from", "to"])
            }
        default: return []
        }
    }
}
