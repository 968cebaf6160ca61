import Datasets

extension DataConfiguration.Source {
    private static var keys: [String] {
        [
            "image_folder", "fer2013_csv", "idx", "ck_plus", "jaffe", "raf_db", "affectnet", "csv",
            "multilabel_csv",
        ]
    }

    init(reading section: inout Section) {
        let source = section.exactlyOne(of: Self.keys)
        func path() -> String { source.flatMap(Field.path("a file or a folder").read) ?? "" }
        switch source?.key {
        case "fer2013_csv": self = .fer2013CSV(path())
        case "idx": self = .idx(path())
        case "ck_plus": self = source.flatMap(Field<Self>.ckPlus.read) ?? .ckPlus("")
        case "jaffe": self = .jaffe(path())
        case "raf_db": self = .rafDB(path())
        case "affectnet": self = .affectNet(path())
        case "csv": self = source.flatMap(Field<Self>.csv.read) ?? .csv("")
        case "multilabel_csv": self = source.flatMap(Field<Self>.multiLabelCSV.read) ?? .multiLabelCSV("")
        default: self = .imageFolder(path())
        }
    }

    var key: String {
        switch self {
        case .imageFolder: "image_folder"
        case .fer2013CSV: "fer2013_csv"
        case .idx: "idx"
        case .ckPlus: "ck_plus"
        case .jaffe: "jaffe"
        case .rafDB: "raf_db"
        case .affectNet: "affectnet"
        case .csv: "csv"
        case .multiLabelCSV: "multilabel_csv"
        }
    }

    var node: YAMLNode {
        switch self {
        case .ckPlus(let path, let lastFrames, let neutral):
            .section(["path": .text(path), "last_frames": .plain(lastFrames), "neutral": .plain(neutral)])
        case .csv(let file, let columns):
            .section([
                "file": .text(file), "image": .text(columns.image), "label": .text(columns.label),
                "split": columns.split.map(YAMLNode.text), "group": columns.group.map(YAMLNode.text),
            ])
        case .multiLabelCSV(let file, let columns, let separator):
            .section([
                "file": .text(file), "image": columns.image.map(YAMLNode.text),
                "labels": columns.labels.map(YAMLNode.text), "split": columns.split.map(YAMLNode.text),
                "group": columns.group.map(YAMLNode.text), "separator": .text(separator),
            ])
        default: .text(path)
        }
    }
}

extension Field<DataConfiguration.Source> {
    fileprivate static var ckPlus: Field {
        .section("the path of CK+'s folder, or a mapping with path, last_frames and neutral", orJust: "path")
        {
            .ckPlus(
                $0.required("path", as: .path("a folder")),
                lastFrames: $0.optional("last_frames", as: .whole(1...1000), default: 3),
                neutral: $0.optional("neutral", as: .flag, default: false))
        }
    }

    fileprivate static var multiLabelCSV: Field {
        .section(
            "the path of a CSV file, or a mapping with file, separator and the columns' names", orJust: "file"
        ) {
            .multiLabelCSV(
                $0.required("file", as: .path("a file")),
                MultiLabelColumns(
                    image: $0.optional("image", as: .text("the name of a column")),
                    labels: $0.optional("labels", as: .text("the name of a column")),
                    split: $0.optional("split", as: .text("the name of a column")),
                    group: $0.optional("group", as: .text("the name of a column"))),
                separator: $0.optional("separator", as: .text("what is between labels"), default: ";"))
        }
    }

    fileprivate static var csv: Field {
        .section("the path of a CSV file, or a mapping with file and the columns' names", orJust: "file") {
            .csv(
                $0.required("file", as: .path("a file")),
                ImageListColumns(
                    image: $0.optional("image", as: .text("the name of a column"), default: "path"),
                    label: $0.optional("label", as: .text("the name of a column"), default: "label"),
                    split: $0.optional("split", as: .text("the name of a column")),
                    group: $0.optional("group", as: .text("the name of a column"))))
        }
    }
}

extension Field<String> {
    /// A regular expression.
    static var pattern: Field {
        let text = Field.text("a regular expression")
        return Field(text.expected, placeholder: "") { cursor in
            guard let pattern = text.read(cursor) else { return nil }
            do {
                _ = try Regex(pattern)
                return pattern
            } catch {
                cursor.reportOutOfRange(expected: text.expected)
                return nil
            }
        }
    }
}
