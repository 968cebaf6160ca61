extension DataConfiguration: SectionReadable {
    init(reading section: inout Section) {
        self.init(
            source: Source(reading: &section),
            classNames: section.optional("class_names", as: .classes(atLeast: 2)),
            splits: section.optional(
                "splits", as: .section, default: SplitFractions()),
            limitPerClass: section.optional("limit_per_class", as: .whole(atLeast: 1)),
            onError: section.optional("on_error", as: .choice, default: .fail),
            augmentation: section.optional(
                "augmentation", as: .section,
                default: AugmentationConfiguration()),
            threads: section.optional("threads", as: .whole(1...1024)))
        let names = classNames
        classes = section.optional(
            "classes",
            as: .classes(atLeast: 2).checked { classes in
                guard let names, let stray = classes.first(where: { !names.contains($0) }) else { return nil }
                return "'\(stray)' is not one of the class_names \(names.joined(separator: ", "))"
            })
    }

    var node: YAMLNode {
        .section([
            source.key: .text(source.path),
            "class_names": classNames.map { .list($0.map(YAMLNode.text)) },
            "classes": classes.map { .list($0.map(YAMLNode.text)) },
            "splits": splits.node,
            "limit_per_class": limitPerClass.map(YAMLNode.plain),
            "on_error": .text(onError.rawValue),
            "augmentation": augmentation.node,
            "threads": threads.map(YAMLNode.plain),
        ])
    }
}

extension DataConfiguration.Source {
    private static var keys: [String] { ["image_folder", "fer2013_csv", "idx"] }

    init(reading section: inout Section) {
        let path = section.exactlyOne(of: Self.keys)
        let text = path.flatMap(Field.path("a file or a folder").read) ?? ""
        switch path?.key {
        case "fer2013_csv": self = .fer2013CSV(text)
        case "idx": self = .idx(text)
        default: self = .imageFolder(text)
        }
    }

    var key: String {
        switch self {
        case .imageFolder: "image_folder"
        case .fer2013CSV: "fer2013_csv"
        case .idx: "idx"
        }
    }
}

extension SplitFractions: SectionReadable {
    init(reading section: inout Section) {
        self.init(
            validation: section.optional("validation", as: .number(.fraction), default: 0.1),
            test: section.optional("test", as: .number(.fraction), default: 0.1))
        if validation + test >= 1 {
            section.reportContradiction(
                "validation and test take \(validation) + \(test) of the pictures; "
                    + "expected less than 1 together, so that some are left to train on")
        }
    }

    var node: YAMLNode { .section(["validation": .plain(validation), "test": .plain(test)]) }
}
