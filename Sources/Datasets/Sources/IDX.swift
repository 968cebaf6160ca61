import Foundation

extension Dataset {
    /// The classes of Fashion-MNIST, in the order of its labels.
    public static let fashionMNISTClassNames = [
        "T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag",
        "Ankle boot",
    ]

    /// Grey pictures in the format of MNIST: a folder with `train-images-idx3-ubyte` and
    /// `train-labels-idx1-ubyte` for training, `t10k-images-idx3-ubyte` and `t10k-labels-idx1-ubyte` for
    /// testing, or one pair of them; each may be compressed, with `.gz` after its name.
    ///
    /// A sample is identified by its file and its position from 0: `train-images-idx3-ubyte:17`.
    ///
    /// Xiao, Rasul and Vollgraf, "Fashion-MNIST", arXiv:1708.07747, 2017.
    /// - Parameter classNames: the classes in the order of the labels. If nil, those of Fashion-MNIST where
    ///   the folder has "fashion" in its name, else the digits.
    /// - Throws: ``DatasetError`` where files are missing, damaged or do not fit together, or a label has no
    ///   class.
    public static func idx(
        _ folder: String, name: String? = nil, classNames: [String]? = nil
    ) throws(DatasetError) -> Dataset {
        let url = URL(filePath: folder)
        let listing = try FolderListing(folder)
        let names = classNames ?? (isFashion(url) ? fashionMNISTClassNames : (0...9).map(String.init))
        var samples: [Sample] = []
        for (prefix, split) in [("train", Split.train), ("t10k", Split.test)] {
            samples += try readPair(prefix, split, folder: folder, listing: listing, classCount: names.count)
        }
        guard !samples.isEmpty else {
            throw .format(
                file: folder, expected: "train-images-idx3-ubyte or t10k-images-idx3-ubyte (or with .gz)",
                found: listing.files.isEmpty
                    ? "no files" : listing.files.prefix(5).joined(separator: ", "))
        }
        return try Dataset(
            name: name ?? url.standardizedFileURL.lastPathComponent, classNames: names, samples: samples
        )
        .checked(source: folder)
    }

    private static func isFashion(_ folder: URL) -> Bool {
        folder.standardizedFileURL.lastPathComponent.lowercased().contains("fashion")
    }

    private static func readPair(
        _ prefix: String, _ split: Split, folder: String, listing: FolderListing, classCount: Int
    ) throws(DatasetError) -> [Sample] {
        guard let imageFile = find("\(prefix)-images-idx3-ubyte", in: listing) else { return [] }
        guard let labelFile = find("\(prefix)-labels-idx1-ubyte", in: listing) else {
            throw .unreadable(
                path: "\(folder)/\(prefix)-labels-idx1-ubyte",
                reason: "there is no such file (nor with .gz) beside \(imageFile)")
        }
        let images = try IDXFile("\(folder)/\(imageFile)", rank: 3)
        let labels = try IDXFile("\(folder)/\(labelFile)", rank: 1)
        guard images.dimensions[0] == labels.dimensions[0] else {
            throw .format(
                file: "\(folder)/\(labelFile)",
                expected: "\(images.dimensions[0]) labels, as many as pictures",
                found: "\(labels.dimensions[0])")
        }
        guard images.dimensions.allSatisfy({ $0 > 0 }) else {
            throw .format(
                file: "\(folder)/\(imageFile)", expected: "pictures", found: "dimensions \(images.dimensions)"
            )
        }
        if let position = labels.bytes.firstIndex(where: { $0 >= classCount }) {
            throw .format(
                file: "\(folder)/\(labelFile)", expected: "labels below \(classCount), the number of classes",
                found: "\(labels.bytes[position]) at position \(position)")
        }
        let store = ImageStore(
            height: images.dimensions[1], width: images.dimensions[2], pixels: images.bytes)
        let identifier = imageFile.hasSuffix(".gz") ? String(imageFile.dropLast(3)) : imageFile
        return labels.bytes.enumerated().map { position, label in
            Sample(
                identifier: "\(identifier):\(position)", label: Int(label), split: split,
                source: .memory(store, position: position))
        }
    }

    /// The file of a name, which may have `.gz` after it, or a dot before `idx`, as some archives have it.
    private static func find(_ name: String, in listing: FolderListing) -> String? {
        let names = [name, name.replacingOccurrences(of: "-idx", with: ".idx")].flatMap { [$0, $0 + ".gz"] }
        return names.first { listing.files.contains($0) }
    }
}
