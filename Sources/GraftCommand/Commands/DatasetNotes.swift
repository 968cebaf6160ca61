import Foundation
import Graft

/// What somebody should know of pictures before training with them, in a few lines.
struct DatasetNotes {
    private let dataset: Dataset
    private let style: TextStyle

    init(_ dataset: Dataset, style: TextStyle) {
        self.dataset = dataset
        self.style = style
    }

    /// The lines, their first words as wide as given.
    func lines(indent: Int) -> [String] {
        (unread + missing).map { note in
            style.yellow(note.title.padding(toLength: indent, withPad: " ", startingAt: 0)) + note.text
        }
    }

    private var unread: [(title: String, text: String)] {
        let kinds = dataset.unreadKinds.sorted { $0.key < $1.key }
        guard !kinds.isEmpty else { return [] }
        let total = kinds.reduce(0) { $0 + $1.value }
        return [
            (
                "unread",
                "\(counted(total, "picture")) passed over: "
                    + kinds.map { "\(grouped($0.value)) .\($0.key)" }.joined(separator: ", ")
                    + "; convert them to .png or .jpg"
            )
        ]
    }

    private var missing: [(title: String, text: String)] {
        dataset.missingClasses.map { split, classes in
            ("missing", "\(split.rawValue) has no pictures of \(classes.joined(separator: ", "))")
        }
    }
}
