/// What pictures of files are compared by, for searches that follow each other: a file is decoded for the first, and
/// whichever split it is in later.
public final class FingerprintMemory {
    private var known: [String: PictureFingerprint?] = [:]

    /// Nothing yet.
    public init() {}

    /// The fingerprints of a dataset's pictures, in the samples' order; nil for those that cannot be read.
    func prints(of dataset: Dataset) -> [PictureFingerprint?] {
        var unknown = dataset
        var paths: Set<String> = []
        unknown.samples = dataset.samples.filter { sample in
            guard let path = path(of: sample) else { return true }
            return known[path] == nil && paths.insert(path).inserted
        }
        var found = PictureFingerprints(unknown).all[...]
        return dataset.samples.map { sample in
            let path = path(of: sample)
            if let path, let print = known[path] { return print }
            let print = found.popFirst() ?? nil
            if let path { known[path] = .some(print) }
            return print
        }
    }

    private func path(of sample: Sample) -> String? {
        if case .file(let path) = sample.source { path } else { nil }
    }
}
