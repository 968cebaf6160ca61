import Foundation

extension Dataset {
    /// RAF-DB's basic emotions in the order of its numbers from 1.
    public static let rafDBClassNames = [
        "surprise", "fear", "disgust", "happiness", "sadness", "anger", "neutral",
    ]

    /// The Real-world Affective Faces with basic emotions, in one of two layouts:
    /// - the release: `basic/EmoLabel/list_patition_label.txt`, with lines such as `train_00001.jpg 5`, and
    ///   `basic/Image/aligned/train_00001_aligned.jpg` (or `basic/Image/original/train_00001.jpg`);
    /// - Kaggle's: `DATASET/train/1` … `7` and `DATASET/test/1` … `7`, beside tables that say the same.
    ///
    /// Li, Deng and Du, "Reliable crowdsourcing and deep locality-preserving learning for expression
    /// recognition in the wild", CVPR 2017.
    /// - Throws: ``DatasetError`` that names the file or line that is missing or not what it should be.
    public static func rafDB(
        _ path: String, name: String? = nil, onError policy: BrokenImagePolicy = .fail
    ) throws(DatasetError) -> Dataset {
        var collection = PictureCollection(root: path, policy: policy)
        let lists = ["list_patition_label.txt", "list_partition_label.txt"]
            .flatMap { ["basic/EmoLabel/\($0)", "EmoLabel/\($0)"] }
        if let list = firstPath(lists, in: path) {
            try RAFDBList(root: collection.root, list: list).read(into: &collection)
        } else if let parent = firstPath(["DATASET/train", "train"], in: path)?.dropLast("/train".count) {
            try readNumberedFolders(parent.isEmpty ? "." : String(parent), into: &collection)
        } else {
            throw .format(
                file: path, expected: "basic/EmoLabel/list_patition_label.txt or DATASET/train",
                found: "neither")
        }
        return try collection.dataset(rafDBClassNames, name: name)
    }

    private static func readNumberedFolders(
        _ parent: String, into collection: inout PictureCollection
    ) throws(DatasetError) {
        let folders = rafDBClassNames.indices.map { (name: "\($0 + 1)", label: $0) }
        for (folder, split) in [("train", Split.train), ("test", .test)] {
            try collection.add(
                folders: folders, in: parent == "." ? folder : "\(parent)/\(folder)", split: split)
        }
    }
}

/// The list of RAF-DB's release.
private struct RAFDBList {
    let root: String
    let list: String

    func read(into collection: inout PictureCollection) throws(DatasetError) {
        let file = "\(root)/\(list)"
        let basic = list.hasPrefix("basic/") ? "basic/" : ""
        // A line of Windows ends with one character of two parts, which is not "\n".
        let lines = String(decoding: try mappedFile(file), as: UTF8.self)
            .split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        for (number, line) in lines.enumerated() {
            let words = line.split(whereSeparator: \.isWhitespace)
            if words.isEmpty { continue }
            guard words.count == 2, let emotion = Int(words[1]), (1...7).contains(emotion),
                let split = Self.split(words[0])
            else {
                throw .row(
                    file: file, line: number + 1,
                    reason:
                        "expected a picture's name that begins with train or test, and an emotion from 1 to "
                        + "7, found '\(line.prefix(60))'")
            }
            let stem = words[0].split(separator: ".")[0]
            let candidates = [
                "\(basic)Image/aligned/\(stem)_aligned.jpg", "\(basic)Image/original/\(words[0])",
            ]
            guard let picture = firstPath(candidates, in: root) else {
                try collection.reject(
                    candidates[0],
                    .row(file: file, line: number + 1, reason: "there is no picture \(root)/\(candidates[0])")
                )
                continue
            }
            collection.add(picture, label: emotion - 1, split: split)
        }
    }

    private static func split(_ name: Substring) -> Split? {
        name.hasPrefix("train") ? .train : name.hasPrefix("test") ? .test : nil
    }
}
