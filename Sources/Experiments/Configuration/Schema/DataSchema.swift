import Datasets

extension DataConfiguration: SectionReadable {
    init(reading section: inout Section) {
        self.init(
            source: Source(reading: &section),
            classNames: section.optional("class_names", as: .classes(atLeast: 2)),
            splits: section.optional(
                "splits", as: .section, default: SplitFractions()),
            folds: section.optional("folds", as: .whole(2...1000)),
            fold: section.optional("fold", as: .whole(0...999), default: 0),
            groupPattern: section.optional("group_pattern", as: .pattern),
            keepsGroups: section.optional("keep_groups", as: .flag, default: true),
            duplicates: section.optional("duplicates", as: .choice, default: .report),
            limitPerClass: section.optional("limit_per_class", as: .whole(atLeast: 1)),
            onError: section.optional("on_error", as: .choice, default: .fail),
            augmentation: section.optional(
                "augmentation", as: .section,
                default: AugmentationConfiguration()),
            threads: section.optional("threads", as: .whole(1...1024)))
        if fold > 0, fold >= folds ?? 0 {
            section["fold"]?.reportContradiction(
                folds.map { "expected a fold from 0 to \($0 - 1)" }
                    ?? "expected data.folds, how many there are")
        }
        ferPlus = FERPlusConfiguration(reading: &section, source: source)
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
            source.key: source.node,
            "ferplus_csv": (ferPlus?.path).map(YAMLNode.text),
            "labels": (ferPlus?.labels.rawValue).map(YAMLNode.text),
            "class_names": classNames.map { .list($0.map(YAMLNode.text)) },
            "classes": classes.map { .list($0.map(YAMLNode.text)) },
            "splits": splits.node,
            "folds": folds.map(YAMLNode.plain),
            "fold": folds.map { _ in .plain(fold) },
            "group_pattern": groupPattern.map(YAMLNode.text),
            "keep_groups": .plain(keepsGroups),
            "duplicates": .text(duplicates.rawValue),
            "limit_per_class": limitPerClass.map(YAMLNode.plain),
            "on_error": .text(onError.rawValue),
            "augmentation": augmentation.node,
            "threads": threads.map(YAMLNode.plain),
        ])
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
