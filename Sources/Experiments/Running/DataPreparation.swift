import Datasets
import Foundation

extension DataConfiguration {
    /// Finds the pictures and splits them as the section says.
    /// - Parameter memory: has what is known of pictures that were searched for duplicates before; nil for nothing.
    /// - Throws: ``DatasetError``, which names the file and the line.
    package func prepare(seed: UInt64, remembering memory: FingerprintMemory? = nil) throws -> Dataset {
        var dataset = try splitPictures(seed: seed)
        if duplicates == .drop || duplicates == .fail {
            let pairs = dataset.duplicatesAcrossSplits(remembering: memory)
            if duplicates == .fail, let pair = pairs.first {
                throw ExperimentError.duplicates(
                    of: source.path, count: pairs.count,
                    first: [pair.first, pair.second].map { dataset.samples[$0].identifier })
            }
            dataset = dataset.droppingFromTraining(pairs)
        }
        if let limitPerClass {
            dataset = try dataset.limited(perClass: limitPerClass, inSplit: .train, seed: seed)
        }
        return dataset
    }

    /// The pictures of the classes that are used, split as the section says, and nothing left out yet.
    /// - Throws: ``DatasetError``, which names the file and the line.
    public func splitPictures(seed: UInt64) throws -> Dataset {
        var dataset = try load()
        if let groupPattern {
            dataset = try setting("data.group_pattern") { try dataset.grouped(byPattern: groupPattern) }
        }
        if let classes {
            dataset = try setting("data.classes") { try dataset.selecting(classes: classes) }
        }
        guard keepsGroups else { return try split(dataset.ungrouped, seed).grouped(like: dataset) }
        return try split(dataset, seed)
    }

    private func split(_ dataset: Dataset, _ seed: UInt64) throws -> Dataset {
        guard let folds else {
            return try dataset.splitting(validation: splits.validation, test: splits.test, seed: seed)
        }
        return try dataset.folded(fold, of: folds, validation: splits.validation, seed: seed)
    }

    /// All pictures, in the source's own splits, if it has any.
    /// - Throws: ``DatasetError``, which names the file and the line.
    public func load() throws(DatasetError) -> Dataset {
        let policy: BrokenImagePolicy = onError == .skip ? .skip : .fail
        // A shell would have put the home folder in.
        let path = (source.path as NSString).expandingTildeInPath
        switch source {
        case .imageFolder: return try .imageFolder(path, classes: classes, onError: policy)
        case .fer2013CSV:
            guard let ferPlus else { return try .fer2013(path, onError: policy) }
            let votes = (ferPlus.path as NSString).expandingTildeInPath
            return try .ferPlus(path, votes: votes, labels: ferPlus.labels, onError: policy)
        case .idx: return try .idx(path, classNames: classNames)
        case .ckPlus(_, let lastFrames, let neutral):
            return try .ckPlus(path, lastFrames: lastFrames, neutral: neutral, onError: policy)
        case .jaffe: return try .jaffe(path, onError: policy)
        case .rafDB: return try .rafDB(path, onError: policy)
        case .affectNet: return try .affectNet(path, onError: policy)
        case .csv(_, let columns): return try .imageList(path, columns: columns, onError: policy)
        case .multiLabelCSV(_, let columns, let separator):
            return try .multiLabelCSV(path, columns: columns, separator: separator, onError: policy)
        }
    }
}

extension ModelConfiguration.Preprocessing {
    /// The scaling of that name.
    var scaling: PixelScaling {
        switch self {
        case .caffe: .caffe
        case .tf: .tf
        case .torch: .torch
        case .unit: .unit
        case .none: .none
        }
    }
}
