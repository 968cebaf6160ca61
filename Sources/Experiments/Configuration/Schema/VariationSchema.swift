import Datasets

extension BatchVariation {
    /// The keys of the section `regularization` that vary whole batches.
    init(reading section: inout Section) {
        self.init(
            erasing: section.optional("random_erasing", as: .erasing),
            mixing: Mixing(
                mixup: section.optional("mixup", as: .number(.notNegative), default: 0),
                cutmix: section.optional("cutmix", as: .number(.notNegative), default: 0),
                probability: section.optional("mix_probability", as: .number(.share), default: 1),
                switchProbability: section.optional(
                    "mix_switch_probability", as: .number(.share), default: 0.5)))
    }
}

extension Field<RandomErasing> {
    /// A probability, or a mapping with torchvision's constants.
    fileprivate static var erasing: Field {
        .section("a probability, or a mapping with 'probability' and more", orJust: "probability") {
            RandomErasing(reading: &$0)
        }
    }
}

extension RandomErasing {
    fileprivate init(reading section: inout Section) {
        self.init(
            probability: section.optional("probability", as: .number(.share), default: 0.5),
            scale: section.optional(
                "scale", as: .range(of: .number(.share), "two shares of the picture"), default: 0.02...0.33),
            ratio: section.optional(
                "ratio", as: .range(of: .number(.positive), "two ratios of height to width"),
                default: 0.3...3.3),
            value: section.optional("value", as: .fill, default: .constant([0])))
    }

    var node: YAMLNode {
        .section([
            "probability": .plain(probability),
            "scale": .list([.plain(scale.lowerBound), .plain(scale.upperBound)]),
            "ratio": .list([.plain(ratio.lowerBound), .plain(ratio.upperBound)]),
            "value": value.node,
        ])
    }
}

extension Field<ClosedRange<Double>> {
    /// The least and the greatest number.
    fileprivate static func range(of number: Field<Double>, _ what: String) -> Field {
        let list = Field<[Double]>.list(of: number, "\(what): [least, greatest]", atLeast: 2)
        return Field(list.expected, placeholder: 1...1) { cursor in
            guard let numbers = list.read(cursor) else { return nil }
            guard numbers.count == 2, numbers[0] <= numbers[1] else {
                cursor.reportOutOfRange(expected: list.expected)
                return nil
            }
            return numbers[0]...numbers[1]
        }
    }
}

extension Field<RandomErasing.Fill> {
    /// `random`, a number for all channels, or three.
    fileprivate static var fill: Field {
        let expected = "'random', a number, or a list of three, one a channel"
        let number = Field<Float>.number(.any)
        return Field(expected, placeholder: .random) { cursor in
            guard let elements = cursor.elements else {
                if cursor.node.scalar?.text == "random" { return .random }
                return number.read(cursor).map { .constant([$0]) }
            }
            guard elements.count == 3 else {
                cursor.reportOutOfRange(expected: expected)
                return nil
            }
            let values = elements.compactMap(number.read)
            return values.count == 3 ? .constant(values) : nil
        }
    }
}

extension RandomErasing.Fill {
    fileprivate var node: YAMLNode {
        switch self {
        case .random: .text("random")
        case .constant(let values) where values.count == 1: .plain(values[0])
        case .constant(let values): .list(values.map(YAMLNode.plain))
        }
    }
}
