extension TrainingConfiguration {
    /// - Parameter isSolved: whether the head is worked out, so that stages need not be there.
    init(reading section: inout Section, isSolved: Bool) {
        self.init(
            batchSize: section.optional("batch_size", as: .batchSize, default: 32),
            shuffle: section.optional("shuffle", as: .flag, default: true),
            stages: isSolved
                ? section.optional("stages", as: .stages(atLeast: 0), default: [])
                : section.required("stages", as: .stages(atLeast: 1)),
            baseline: section.optional("baseline", as: .choice),
            featureCache: section.optional(
                "feature_cache", as: .featureCache, default: FeatureCacheConfiguration()),
            loss: section.optional("loss", as: .loss),
            classWeight: section.optional("class_weight", as: .classWeights))
    }

    var node: YAMLNode {
        .section([
            "batch_size": .plain(batchSize),
            "shuffle": .plain(shuffle),
            "loss": loss?.node,
            "class_weight": classWeight?.node,
            "stages": stages.isEmpty ? nil : .list(stages.map(\.node)),
            "baseline": (baseline?.rawValue).map(YAMLNode.text),
            "feature_cache": featureCache.node,
        ])
    }
}

extension Field<[StageConfiguration]> {
    /// At least one stage, each with a name of its own: without one, `stage1`, `stage2` ….
    fileprivate static func stages(atLeast count: Int) -> Field {
        let expected = "a list of at least one stage"
        return Field(expected, placeholder: []) { cursor in
            guard let elements = cursor.elements, elements.count >= count else {
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
