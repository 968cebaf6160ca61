import Datasets
import Foundation

extension DataConfiguration {
    /// Finds the pictures and splits them as the section says.
    /// - Throws: ``DatasetError``, which names the file and the line.
    func prepare(seed: UInt64) throws -> Dataset {
        var dataset = try load()
        if let classes { dataset = try dataset.selecting(classes: classes) }
        dataset = try dataset.splitting(
            validation: splits.validation, test: splits.test, seed: seed)
        if let limitPerClass {
            dataset = try dataset.limited(perClass: limitPerClass, inSplit: .train, seed: seed)
        }
        return dataset
    }

    /// All pictures, in the source's own splits, if it has any.
    /// - Throws: ``DatasetError``, which names the file and the line.
    func load() throws(DatasetError) -> Dataset {
        let policy: BrokenImagePolicy = onError == .skip ? .skip : .fail
        // A shell would have put the home folder in.
        let path = (source.path as NSString).expandingTildeInPath
        switch source {
        case .imageFolder: return try .imageFolder(path, onError: policy)
        case .fer2013CSV: return try .fer2013(path, onError: policy)
        case .idx: return try .idx(path, classNames: classNames)
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
