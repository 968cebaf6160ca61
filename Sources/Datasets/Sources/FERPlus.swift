import Foundation

extension Dataset {
    /// FER+'s classes, in the order of its columns.
    public static let ferPlusClassNames = [
        "neutral", "happiness", "surprise", "sadness", "anger", "disgust", "fear", "contempt",
    ]

    /// What becomes of the votes of FER+'s ten labellers for a face.
    public enum FERPlusLabels: String, Sendable, CaseIterable {
        /// The class that more than half of them voted for.
        case majority
        /// The votes as probabilities.
        case soft
    }

    /// FER-2013's faces with the labels of FER+: each face was labelled anew by ten people, in eight classes.
    ///
    /// Line n of the votes, a copy of Microsoft's `fer2013new.csv`, belongs to line n of the faces. Votes are
    /// counted as by the authors' code: a class's single vote is noise and does not count; faces that are left
    /// out are those for which `unknown` or `NF` (no face) won, those without a majority
    /// (``FERPlusLabels/majority``), or those whose votes are too scattered (``FERPlusLabels/soft``: up to
    /// three classes must have more than half of the votes).
    ///
    /// Barsoum et al., "Training deep networks for facial expression recognition with crowd-sourced label
    /// distribution", ICMI 2016.
    /// - Parameters:
    ///   - path: FER-2013's table; see ``fer2013(_:name:onError:)``.
    ///   - votes: the table of the votes.
    /// - Throws: ``DatasetError``, which names the file and the line.
    public static func ferPlus(
        _ path: String, votes: String, labels: FERPlusLabels = .majority,
        onError policy: BrokenImagePolicy = .fail
    ) throws(DatasetError) -> Dataset {
        var dataset = try fer2013(path, onError: policy)
        var table = FERPlusTable(file: votes)
        try table.read(try mappedFile(votes).span)
        dataset.classNames = ferPlusClassNames
        dataset.labelling = labels == .soft ? .soft : .single
        var samples: [Sample] = []
        for sample in dataset.samples {
            if let relabelled = try table.relabel(sample, labels) { samples.append(relabelled) }
        }
        try table.checkEnd(of: dataset)
        dataset.samples = samples
        return try dataset.checked(source: votes)
    }
}
