import Foundation

extension Dataset {
    /// JAFFE's classes, in the order of FER-2013's.
    public static let jaffeClassNames = fer2013ClassNames

    /// The 213 faces of ten Japanese women in one folder, with names such as `KA.AN1.39.tiff`: subject,
    /// emotion and pose, number; with another ending behind it, where they were converted. The subject is the samples'
    /// group.
    ///
    /// Lyons et al., "Coding facial expressions with Gabor wavelets", FG 1998.
    /// - Throws: ``DatasetError`` that names the file that is not what it should be.
    public static func jaffe(
        _ path: String, name: String? = nil, onError policy: BrokenImagePolicy = .fail
    ) throws(DatasetError) -> Dataset {
        let labels = ["AN": 0, "DI": 1, "FE": 2, "HA": 3, "SA": 4, "SU": 5, "NE": 6]
        var collection = PictureCollection(root: path, policy: policy)
        for file in try PictureSearch(root: collection.root, folder: ".").pictures {
            let file = String(file.dropFirst("./".count))
            let name = file.split(separator: "/").last.map(String.init) ?? file
            guard
                let match = name.uppercased().wholeMatch(
                    of: /([A-Z]{2})[.\-]([A-Z]{2})\d[.\-]\d+(?:\.[A-Z]+)+/),
                let label = labels[String(match.2)]
            else {
                try collection.reject(
                    file,
                    .format(
                        file: "\(collection.root)/\(file)",
                        expected: "a name of subject, emotion (NE, HA, SA, SU, AN, DI, FE) and number, as "
                            + "KA.AN1.39.tiff", found: name))
                continue
            }
            collection.add(file, label: label, group: String(match.1))
        }
        return try collection.dataset(jaffeClassNames, name: name)
    }
}
