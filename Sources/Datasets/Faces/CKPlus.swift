import Foundation

extension Dataset {
    /// CK+'s emotions in the order of its numbers from 1, and `neutral`, where that is asked for.
    public static let ckPlusClassNames = [
        "anger", "contempt", "disgust", "fear", "happy", "sadness", "surprise",
    ]

    /// The extended Cohn-Kanade faces, in one of two layouts:
    /// - the release: `cohn-kanade-images/S005/001/S005_001_00000011.png`, whose sequences go from a neutral
    ///   face to the peak of an emotion, and `Emotion/S005/001/S005_001_00000011_emotion.txt`, which holds its
    ///   number, for 327 of the 593 sequences; the others are left out, and so is `FACS`.
    /// - `CK+48` as it is passed around: a folder a class, with files such as `S010_004_00000017.png`.
    ///
    /// The subject (`S010`) is the samples' group.
    ///
    /// Lucey et al., "The extended Cohn-Kanade dataset (CK+)", CVPR Workshops 2010.
    /// - Parameters:
    ///   - lastFrames: how many frames at the end of each sequence of the release are taken.
    ///   - neutral: whether the first frame of each sequence of the release is taken as `neutral`.
    /// - Throws: ``DatasetError`` that names the file that is missing or not what it should be.
    public static func ckPlus(
        _ path: String, name: String? = nil, lastFrames: Int = 3, neutral: Bool = false,
        onError policy: BrokenImagePolicy = .fail
    ) throws(DatasetError) -> Dataset {
        guard FileManager.default.fileExists(atPath: "\(path)/cohn-kanade-images") else {
            return try ckPlus48(path, name: name, onError: policy)
        }
        var collection = PictureCollection(root: path, policy: policy)
        guard let labels = firstPath(["Emotion", "Emotion_labels", "Emotion_labels/Emotion"], in: path) else {
            throw .unreadable(path: "\(path)/Emotion", reason: "no such folder; it holds the labels")
        }
        let sequences = CKPlusSequences(root: path, labels: labels, lastFrames: lastFrames, neutral: neutral)
        try sequences.read(into: &collection)
        return try collection.dataset(ckPlusClassNames + (neutral ? ["neutral"] : []), name: name)
    }

    private static func ckPlus48(
        _ path: String, name: String?, onError policy: BrokenImagePolicy
    ) throws(DatasetError) -> Dataset {
        let dataset = try imageFolder(path, name: name, onError: policy)
        for sample in dataset.samples where sample.fileName.prefixMatch(of: /S\d{3}_/) == nil {
            throw .format(
                file: "\(path)/\(sample.identifier)",
                expected: "a name that begins with the subject, as S010_004_00000017.png",
                found: sample.fileName)
        }
        return try dataset.grouped(byPattern: #"^(S\d{3})_"#)
    }
}

/// The sequences of CK+'s release.
private struct CKPlusSequences {
    let root: String
    let labels: String
    let lastFrames: Int
    let neutral: Bool

    func read(into collection: inout PictureCollection) throws(DatasetError) {
        for subject in try FolderListing("\(root)/\(labels)").folders {
            for sequence in try FolderListing("\(root)/\(labels)/\(subject)").folders {
                let folder = "\(labels)/\(subject)/\(sequence)"
                // A sequence without a label has an empty folder, or none.
                let files = try FolderListing("\(root)/\(folder)").files
                guard let file = files.first(where: { $0.hasSuffix("_emotion.txt") }) else { continue }
                do throws(DatasetError) {
                    let label = try label("\(folder)/\(file)")
                    try add("cohn-kanade-images/\(subject)/\(sequence)", label, subject, to: &collection)
                } catch {
                    try collection.reject(folder, error)
                }
            }
        }
    }

    /// A number such as `   3.0000000e+00`.
    private func label(_ file: String) throws(DatasetError) -> Int {
        let path = "\(root)/\(file)"
        let text = String(decoding: try mappedFile(path).prefix(100), as: UTF8.self)
            .trimmingCharacters(in: .whitespacesAndNewlines)
        guard let number = Double(text), let emotion = Int(exactly: number), (1...7).contains(emotion) else {
            throw .format(
                file: path, expected: "the number of an emotion, from 1 to 7", found: "'\(text.prefix(40))'")
        }
        return emotion - 1
    }

    private func add(
        _ folder: String, _ label: Int, _ subject: String, to collection: inout PictureCollection
    ) throws(DatasetError) {
        let frames = try PictureSearch(root: root, folder: folder).pictures.sorted()
        guard frames.count > (neutral ? 1 : 0) else {
            throw .format(
                file: "\(root)/\(folder)", expected: "the frames of a labelled sequence",
                found: "\(frames.count)")
        }
        if neutral { collection.add(frames[0], label: 7, group: subject) }
        for frame in frames.dropFirst(neutral ? 1 : 0).suffix(lastFrames) {
            collection.add(frame, label: label, group: subject)
        }
    }
}
