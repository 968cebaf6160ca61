import Datasets

extension AugmentationConfiguration: SectionReadable {
    init(reading section: inout Section) {
        self.init(
            randomResizedCrop: section.optional("random_resized_crop", as: .randomResizedCrop),
            horizontalFlip: section.optional("horizontal_flip", as: .chance(ifTrue: 0.5), default: 0),
            verticalFlip: section.optional("vertical_flip", as: .chance(ifTrue: 0.5), default: 0),
            rotation: section.optional("rotation", as: .variation(.eitherWay(upTo: 180, "degrees"))),
            shear: section.optional("shear", as: .variation(.eitherWay(upTo: 80, "degrees"))),
            zoom: section.optional("zoom", as: .variation(.factor(from: 0.01, upTo: 100))),
            translation: section.optional("translation", as: .translation),
            randAugment: section.optional("rand_augment", as: .randAugment),
            brightness: section.optional("brightness", as: .variation(.factor(from: 0, upTo: 100))),
            contrast: section.optional("contrast", as: .variation(.factor(from: 0, upTo: 100))),
            saturation: section.optional("saturation", as: .variation(.factor(from: 0, upTo: 100))),
            hue: section.optional("hue", as: .variation(.eitherWay(upTo: 0.5, "a share of the circle"))),
            grey: section.optional("grey", as: .chance(ifTrue: 1), default: 0),
            blur: section.optional("blur", as: .variation(.upTo(100, "a number of pixels"))),
            noise: section.optional("noise", as: .variation(.upTo(1, "a share of white"))),
            fill: section.optional("fill", as: .choice, default: .nearest))
    }

    var node: YAMLNode {
        .section([
            "random_resized_crop": randomResizedCrop?.node,
            "horizontal_flip": .plain(horizontalFlip),
            "vertical_flip": .plain(verticalFlip),
            "rotation": rotation?.node,
            "shear": shear?.node,
            "zoom": zoom?.node,
            "translation": translation?.node,
            "rand_augment": randAugment?.node,
            "brightness": brightness?.node,
            "contrast": contrast?.node,
            "saturation": saturation?.node,
            "hue": hue?.node,
            "grey": .plain(grey),
            "blur": blur?.node,
            "noise": noise?.node,
            "fill": .text(fill.rawValue),
        ])
    }
}

extension Field<RandomResizedCrop> {
    fileprivate static var randomResizedCrop: Field {
        .section("a mapping with scale, ratio and probability") { section in
            RandomResizedCrop(
                scale: section.optional("scale", as: .ends(0.0001...1), default: 0.08...1),
                ratio: section.optional("ratio", as: .ends(0.01...100), default: 0.75...4.0 / 3),
                probability: section.optional("probability", as: .number(.share), default: 1))
        }
    }
}

extension RandomResizedCrop {
    fileprivate var node: YAMLNode {
        .section(["scale": scale.node, "ratio": ratio.node, "probability": .plain(probability)])
    }
}

extension Field<RandomTranslation> {
    /// One share for both directions, a list of one for the height and one for the width, or a mapping of
    /// them.
    fileprivate static var translation: Field {
        let kind = VariationKind.eitherWay(upTo: 1, "a share")
        let share = Field<ClosedRange<Double>>.range(kind)
        let expected =
            "a share from 0 to 1, a list of one for the height and one for the width, "
            + "or a mapping with height, width and probability"
        let section = Field.section(expected) { section in
            RandomTranslation(
                down: section.optional("height", as: share, default: 0...0),
                right: section.optional("width", as: share, default: 0...0),
                probability: section.optional("probability", as: .number(.share), default: 1))
        }
        return Field(expected, placeholder: section.placeholder()) { cursor in
            if cursor.node.entries != nil { return section.read(cursor) }
            guard let elements = cursor.elements else {
                return share.read(cursor).map { RandomTranslation(down: $0, right: $0) }
            }
            guard elements.count == 2 else {
                cursor.reportOutOfRange(expected: expected)
                return nil
            }
            guard let down = share.read(elements[0]), let right = share.read(elements[1]) else { return nil }
            return RandomTranslation(down: down, right: right)
        }
    }
}

extension RandomTranslation {
    fileprivate var node: YAMLNode {
        .section(["height": down.node, "width": right.node, "probability": .plain(probability)])
    }
}

extension Field<RandAugment> {
    fileprivate static var randAugment: Field {
        .section("a mapping with num_ops, magnitude, num_magnitude_bins and probability") { section in
            let bins = section.optional("num_magnitude_bins", as: .whole(2...1000), default: 31)
            return RandAugment(
                operationCount: section.optional("num_ops", as: .whole(1...100), default: 2),
                magnitude: section.optional("magnitude", as: .whole(0...bins - 1), default: min(9, bins - 1)),
                magnitudeBins: bins,
                probability: section.optional("probability", as: .number(.share), default: 1))
        }
    }
}

extension RandAugment {
    fileprivate var node: YAMLNode {
        .section([
            "num_ops": .plain(operationCount), "magnitude": .plain(magnitude),
            "num_magnitude_bins": .plain(magnitudeBins), "probability": .plain(probability),
        ])
    }
}
