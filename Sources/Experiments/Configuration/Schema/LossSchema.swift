import Training

private enum LossName: String, CaseIterable {
    case categoricalCrossEntropy = "categorical_crossentropy"
    case categoricalFocalCrossEntropy = "categorical_focal_crossentropy"
    case binaryCrossEntropy = "binary_crossentropy"
}

extension Field<LossConfiguration> {
    /// A name, or a mapping with the name and Keras's constants.
    static var loss: Field {
        .section("a loss: its name, or a mapping with its name and its constants", orJust: "name") {
            LossConfiguration(reading: &$0)
        }
    }
}

extension LossConfiguration {
    fileprivate init(reading section: inout Section) {
        switch section.decisive("name", as: Field<LossName>.choice) {
        case .categoricalCrossEntropy, nil: self = .categoricalCrossEntropy
        case .categoricalFocalCrossEntropy:
            self = .categoricalFocalCrossEntropy(
                FocalCrossEntropy(
                    alpha: section.optional("alpha", as: .alpha, default: [0.25]),
                    gamma: section.optional("gamma", as: .number(.notNegative), default: 2)))
        case .binaryCrossEntropy:
            self = .binaryCrossEntropy(
                positiveWeights: section.optional("pos_weight", as: .classWeights))
        }
    }

    var node: YAMLNode {
        switch self {
        case .categoricalCrossEntropy: .section(["name": .text(name)])
        case .categoricalFocalCrossEntropy(let loss):
            .section([
                "name": .text(name),
                "alpha": loss.alpha.count == 1
                    ? .plain(loss.alpha[0]) : .list(loss.alpha.map(YAMLNode.plain)),
                "gamma": .plain(loss.gamma),
            ])
        case .binaryCrossEntropy(let weights):
            .section(["name": .text(name), "pos_weight": weights?.node])
        }
    }
}

extension Field<[Float]> {
    /// One number for all classes, or one a class.
    fileprivate static var alpha: Field {
        let number = Field<Float>.number(.notNegative)
        let list = Field.list(of: number, "a number, or a list of numbers, one a class", atLeast: 2)
        return Field(list.expected, placeholder: [0.25]) { cursor in
            cursor.elements == nil ? number.read(cursor).map { [$0] } : list.read(cursor)
        }
    }
}

extension Field<ClassWeights> {
    /// `balanced`, or weights by the classes' names.
    static var classWeights: Field {
        let expected = "'balanced', or a mapping of classes to weights"
        return Field(expected, placeholder: .balanced) { cursor in
            guard let entries = cursor.node.entries else {
                if cursor.node.scalar?.text == "balanced" { return .balanced }
                cursor.reportWrongType(expected: expected)
                return nil
            }
            let number = Field<Float>.number(.notNegative)
            var weights: [String: Float] = [:]
            for entry in entries {
                guard let weight = number.read(cursor.entry(entry.key, entry.value)) else { return nil }
                weights[entry.key] = weight
            }
            return .each(weights)
        }
    }
}

extension ClassWeights {
    var node: YAMLNode {
        switch self {
        case .balanced: .text("balanced")
        case .each(let weights): .sorted(weights.mapValues(YAMLNode.plain))
        }
    }
}
