import Training

extension Regularization {
    init(reading section: inout Section) {
        self.init(
            l1: section.optional("l1", as: .groupValue, default: 0),
            l2: section.optional("l2", as: .groupValue, default: 0),
            l2SP: section.optional("l2_sp", as: .section),
            maxNorm: section.optional("max_norm", as: .number(.positive)),
            averaging: WeightAveraging(reading: &section),
            weightDecay: section.optional("weight_decay", as: .number(.notNegative), default: 0),
            labelSmoothing: section.optional("label_smoothing", as: .number(.fraction), default: 0),
            clipNorm: section.optional("clip_norm", as: .number(.positive)),
            clipValue: section.optional("clip_value", as: .number(.positive)))
    }

    /// What concerns the weights and the labels.
    var penaltyEntries: KeyValuePairs<String, YAMLNode?> {
        var (ema, swa): (YAMLNode?, YAMLNode?)
        switch averaging {
        case .exponential(let decay): ema = .section(["decay": .plain(decay)])
        case .stochastic(let epoch): swa = .section(["start_epoch": .plain(epoch)])
        case nil: break
        }
        return [
            "l1": l1.node,
            "l2": l2.node,
            "l2_sp": l2SP.map { .section(["alpha": .plain($0.alpha), "beta": .plain($0.beta)]) },
            "max_norm": maxNorm.map(YAMLNode.plain),
            "ema": ema,
            "swa": swa,
            "weight_decay": .plain(weightDecay),
            "label_smoothing": .plain(labelSmoothing),
        ]
    }

    /// What concerns the gradients.
    var clippingEntries: KeyValuePairs<String, YAMLNode?> {
        ["clip_norm": clipNorm.map(YAMLNode.plain), "clip_value": clipValue.map(YAMLNode.plain)]
    }
}

extension L2SP: SectionReadable {
    init(reading section: inout Section) {
        self.init(
            alpha: section.required("alpha", as: .number(.notNegative)),
            beta: section.optional("beta", as: .number(.notNegative), default: 0.01))
    }
}

extension WeightAveraging {
    fileprivate init?(reading section: inout Section) {
        let decay = section.optional(
            "ema", as: .section { $0.optional("decay", as: .number(.fraction), default: 0.999) as Double })
        let epoch = section.optional(
            "swa", as: .section { $0.required("start_epoch", as: .whole(1...1_000_000)) as Int })
        if decay != nil, epoch != nil {
            section["swa"]?.reportContradiction("expected either 'ema' or 'swa', found both")
        }
        if let decay {
            self = .exponential(decay: decay)
        } else if let epoch {
            self = .stochastic(startEpoch: epoch)
        } else {
            return nil
        }
    }
}

extension Field<GroupValue> {
    /// One number, or one a layer group.
    fileprivate static var groupValue: Field {
        let expected = "a number of at least 0, or a mapping of layer groups to such numbers"
        let number = Field<Float>.number(.notNegative)
        return Field(expected, placeholder: 0) { cursor in
            guard let entries = cursor.node.entries else {
                guard cursor.node.scalar != nil else {
                    cursor.reportWrongType(expected: expected)
                    return nil
                }
                return number.read(cursor).map(GroupValue.all)
            }
            var values: [String: Float] = [:]
            for entry in entries {
                guard let value = number.read(cursor.entry(entry.key, entry.value)) else { return nil }
                values[entry.key] = value
            }
            return .groups(values)
        }
    }
}

extension GroupValue {
    fileprivate var node: YAMLNode {
        switch self {
        case .all(let value): .plain(value)
        case .groups(let values): .sorted(values.mapValues(YAMLNode.plain))
        }
    }
}
