import Layers
import Training

extension ModelConfiguration: SectionReadable {
    init(reading section: inout Section) {
        self.init(
            architecture: section.required("architecture", as: .text("the name of an architecture")),
            alpha: section.optional("alpha", as: .number(.positive), default: 1),
            weights: section.required("weights", as: .weights),
            until: section.optional("until", as: .text("the name of a layer")),
            preprocessing: section.optional("preprocessing", as: .choice),
            head: section.optional(
                "head", as: .section, default: HeadConfiguration()))
        let size = section.optional("input_size", as: .pictureSize, default: [224, 224])
        (inputHeight, inputWidth) = (size[0], size[1])
        channels = section.optional("channels", as: .channels, default: 3)
    }

    var node: YAMLNode {
        .section([
            "architecture": .text(architecture),
            "alpha": .plain(alpha),
            "input_size": .list([.plain(inputHeight), .plain(inputWidth)]),
            "channels": .plain(channels),
            "weights": weights.node,
            "until": until.map(YAMLNode.text),
            "preprocessing": (preprocessing?.rawValue).map(YAMLNode.text),
            "head": head.node,
        ])
    }
}

extension Field<[Int]> {
    /// A side, or height and width.
    fileprivate static var pictureSize: Field {
        let side = Field<Int>.whole(1...16_384)
        let expected = "a side in pixels, \(side.expected), or [height, width]"
        return Field(expected, placeholder: [1, 1]) { cursor in
            guard let elements = cursor.elements else { return side.read(cursor).map { [$0, $0] } }
            guard elements.count == 2 else {
                cursor.reportOutOfRange(expected: expected)
                return nil
            }
            let sides = elements.compactMap(side.read)
            return sides.count == 2 ? sides : nil
        }
    }
}

extension Field<Int> {
    /// Colour or grey.
    fileprivate static var channels: Field {
        let expected = "3 channels for colour or 1 for grey"
        return .scalar(expected, placeholder: 3) { scalar in
            guard let count = scalar.integer() else { return .wrongType() }
            return count == 1 || count == 3 ? .value(count) : .outOfRange()
        }
    }
}

extension HeadConfiguration: SectionReadable {
    init(reading section: inout Section) {
        let units = Field<[Int]>.list(of: .whole(1...1_000_000), "a list of the dense layers' units")
        self.init(
            pooling: section.optional("pooling", as: .choice, default: .average),
            dropout: section.optional("dropout", as: .number(.fraction), default: 0),
            dense: section.optional("dense", as: units, default: []),
            activation: section.optional("activation", as: .choice, default: .relu),
            solver: section.optional("solver", as: .solver))
    }

    var node: YAMLNode {
        .section([
            "pooling": .text(pooling.rawValue),
            "dropout": .plain(dropout),
            "dense": .list(dense.map(YAMLNode.plain)),
            "activation": .text(activation.rawValue),
            "solver": solver?.node,
        ])
    }
}
