import Tracking

/// What a run was trained on, by its configuration and its summary.
struct TrainingSubject {
    let facts: [String: Fact]

    private static let sources = [
        "image_folder", "fer2013_csv", "idx", "csv", "multilabel_csv", "ck_plus", "jaffe", "raf_db",
        "affectnet",
    ]

    /// Where the pictures came from; nil where nothing says so.
    var source: String? {
        // Some sources have settings beside their paths.
        let keys = Self.sources.flatMap { source in ["", ".path", ".file"].map { "data.\(source)\($0)" } }
        return keys.lazy.compactMap { facts[$0]?.description }.first
    }

    /// How many pictures each split had, where it had any.
    var counts: [(split: String, count: Int)] {
        ["train", "validation", "test"].map { ($0, count($0)) }.filter { $0.1 > 0 }
    }

    private func count(_ split: String) -> Int {
        if let count = facts["run.picture_counts.\(split)"]?.number { return Int(count) }
        // Runs of earlier versions count those of each class; of several classes each, the sum says nothing.
        guard facts["run.fine_tuned.hamming_loss"] == nil else { return 0 }
        return facts.filter { $0.key.hasPrefix("run.pictures.\(split).") }
            .compactMap(\.value.number).reduce(0) { $0 + Int($1) }
    }
}
