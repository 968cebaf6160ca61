import Foundation

/// Gathers the samples of a collection of pictures whose labels are in the names of files and folders.
struct PictureCollection {
    /// The folder that the samples' names begin below.
    let root: String
    let policy: BrokenImagePolicy
    private(set) var samples: [Sample] = []
    private(set) var skipped: [SkippedSample] = []

    init(root: String, policy: BrokenImagePolicy) {
        self.root = root.count > 1 && root.hasSuffix("/") ? String(root.dropLast()) : root
        self.policy = policy
    }

    /// Adds a picture.
    mutating func add(_ path: String, label: Int, split: Split? = nil, group: String? = nil) {
        samples.append(
            Sample(
                identifier: path, label: label, split: split, group: group, source: .file("\(root)/\(path)")))
    }

    /// Leaves a picture out, or throws, as the policy says.
    mutating func reject(_ path: String, _ error: DatasetError) throws(DatasetError) {
        guard policy == .skip else { throw error }
        skipped.append(SkippedSample(identifier: path, reason: "\(error)"))
    }

    /// Adds all pictures of folders, one for each label.
    mutating func add(
        folders: [(name: String, label: Int)], in parent: String, split: Split?
    ) throws(DatasetError) {
        for folder in folders {
            let search = try PictureSearch(root: root, folder: "\(parent)/\(folder.name)")
            for path in search.pictures { add(path, label: folder.label, split: split) }
        }
    }

    /// The dataset of what was added.
    func dataset(_ classNames: [String], name: String?) throws(DatasetError) -> Dataset {
        let dataset = try Dataset(
            name: name ?? URL(filePath: root).standardizedFileURL.lastPathComponent, classNames: classNames,
            samples: samples, skipped: skipped
        ).checked(source: root)
        return policy == .skip ? try dataset.verified(.skip) : dataset
    }
}

/// The first of some paths below a folder that is there.
func firstPath(_ candidates: [String], in root: String) -> String? {
    candidates.first { FileManager.default.fileExists(atPath: "\(root)/\($0)") }
}
