import Foundation

extension Dataset {
    /// AffectNet's expressions in the order of its numbers from 0.
    public static let affectNetClassNames = [
        "neutral", "happy", "sad", "surprise", "fear", "disgust", "anger", "contempt",
    ]

    /// AffectNet's faces, in one of four layouts:
    /// - the release of 2021: `train_set/images/17.jpg` and `train_set/annotations/17_exp.npy`, the same below
    ///   `val_set`;
    /// - the first release: `training.csv`, `validation.csv` and `Manually_Annotated_Images`;
    /// - `train_class/class001` … `class008` and `val_class`, in the order of the expressions' numbers;
    /// - folders such as Kaggle's, with the splits `train` and `val`, `valid` or `test`, and a folder a class
    ///   named by its number or its expression: those are read as image folders.
    ///
    /// Mollahosseini, Hasani and Mahoor, "AffectNet", IEEE Transactions on Affective Computing, 2019.
    /// - Throws: ``DatasetError`` that names the file that is missing or not what it should be.
    public static func affectNet(
        _ path: String, name: String? = nil, onError policy: BrokenImagePolicy = .fail
    ) throws(DatasetError) -> Dataset {
        var collection = PictureCollection(root: path, policy: policy)
        let splits = [("train", Split.train), ("val", .validation)]
        if firstPath(["train_set", "val_set"], in: path) != nil {
            for (folder, split) in splits where firstPath(["\(folder)_set"], in: path) != nil {
                try readAnnotated("\(folder)_set", split, into: &collection)
            }
        } else if firstPath(["train_class", "val_class"], in: path) != nil {
            let folders = affectNetClassNames.indices.map { (name: "class00\($0 + 1)", label: $0) }
            for (folder, split) in splits {
                guard firstPath(["\(folder)_class"], in: path) != nil else { continue }
                // Some leave contempt out.
                let present = folders.filter { firstPath(["\(folder)_class/\($0.name)"], in: path) != nil }
                try collection.add(folders: present, in: "\(folder)_class", split: split)
            }
        } else if let tables = AffectNetTables(root: collection.root) {
            try tables.read(into: &collection)
        } else {
            return try imageFolder(path, name: name, onError: policy).namingExpressions(of: path)
        }
        return try collection.dataset(affectNetClassNames, name: name)
    }

    private static func readAnnotated(
        _ folder: String, _ split: Split, into collection: inout PictureCollection
    ) throws(DatasetError) {
        for picture in try PictureSearch(root: collection.root, folder: "\(folder)/images").pictures {
            let stem = URL(filePath: picture).deletingPathExtension().lastPathComponent
            let file = "\(collection.root)/\(folder)/annotations/\(stem)_exp.npy"
            do throws(DatasetError) {
                let number = try NumPyScalar(contentsOfFile: file).number
                guard let label = Int(exactly: number), affectNetClassNames.indices.contains(label) else {
                    throw .format(file: file, expected: "an expression from 0 to 7", found: "\(number)")
                }
                collection.add(picture, label: label, split: split)
            } catch {
                try collection.reject(picture, error)
            }
        }
    }

    /// How the names of expressions begin, in all their forms.
    private static let stems = ["neutral", "happ", "sad", "surpris", "fear", "disgust", "ang", "contempt"]

    /// Classes that are called by their numbers from 0, by their names; others as they are.
    /// - Throws: ``DatasetError/format(file:expected:found:)`` where none is an expression.
    private func namingExpressions(of path: String) throws(DatasetError) -> Dataset {
        let names = Self.affectNetClassNames
        let numbers = classNames.map { Int($0) }
        guard numbers.allSatisfy({ $0.map(names.indices.contains) ?? false }) else {
            let isExpression = { (name: String) in Self.stems.contains(where: name.lowercased().hasPrefix) }
            guard classNames.contains(where: isExpression) else {
                throw .format(
                    file: path,
                    expected:
                        "train_set/images, training.csv, train_class/class001 or a folder an expression",
                    found: classNames.prefix(8).map { "'\($0)'" }.joined(separator: ", "))
            }
            return self
        }
        var result = self
        result.classNames = numbers.compactMap { $0.map { names[$0] } }
        return result
    }
}
