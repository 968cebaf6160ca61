extension TrainingConfiguration: SectionReadable {
    init(reading section: inout Section) {
        self.init(
            batchSize: section.optional("batch_size", as: .batchSize, default: 32),
            shuffle: section.optional("shuffle", as: .flag, default: true),
            stages: section.required("stages", as: .stages),
            baseline: section.optional("baseline", as: .choice),
            featureCache: section.optional(
                "feature_cache", as: .featureCache, default: FeatureCacheConfiguration()))
    }

    var node: YAMLNode {
        .section([
            "batch_size": .plain(batchSize),
            "shuffle": .plain(shuffle),
            "stages": .list(stages.map(\.node)),
            "baseline": (baseline?.rawValue).map(YAMLNode.text),
            "feature_cache": featureCache.node,
        ])
    }
}

extension Field<[StageConfiguration]> {
    /// At least one stage, each with a name of its own: without one, `stage1`, `stage2` ….
    fileprivate static var stages: Field {
        let expected = "a list of at least one stage"
        return Field(expected, placeholder: []) { cursor in
            guard let elements = cursor.elements, !elements.isEmpty else {
                cursor.reportWrongType(expected: expected)
                return nil
            }
            var (stages, names) = ([StageConfiguration](), Set<String>())
            for (index, element) in elements.enumerated() {
                let stage = Field<StageConfiguration>.section("a stage: a mapping of keys to values") {
                    StageConfiguration(reading: &$0, number: index + 1)
                }
                guard let stage = stage.read(element) else { continue }
                if !names.insert(stage.name).inserted {
                    element.reportContradiction("an earlier stage is called '\(stage.name)', too")
                }
                stages.append(stage)
            }
            return stages
        }
    }
}

extension Field<Int> {
    /// How many pictures a step may take.
    static var batchSize: Field { .whole(1...65_536) }
}
