import Datasets
import Testing

@testable import Experiments

@Suite struct AugmentationReadingTests {
    private func read(_ text: String) throws -> AugmentationConfiguration {
        try ConfigurationSamples.parsed(
            ConfigurationSamples.minimal, ["data.augmentation=\(text)"]
        ).data.augmentation
    }

    @Test func `A number stands for a range about what changes nothing`() throws {
        let read = try read(
            "{rotation: 10, shear: 5, zoom: 0.1, brightness: 0.2, contrast: 2, hue: 0.05, blur: 1.5, noise: 0.1}"
        )
        let expected = AugmentationConfiguration(
            rotation: RandomRange(-10...10), shear: RandomRange(-5...5), zoom: RandomRange(0.9...1.1),
            brightness: RandomRange(0.8...1.2), contrast: RandomRange(0...3), hue: RandomRange(-0.05...0.05),
            blur: RandomRange(0...1.5), noise: RandomRange(0...0.1))
        #expect(read == expected)
    }

    @Test func `Ranges and probabilities are taken as they are given`() throws {
        let read = try read(
            """
            {rotation: [-5, 20], zoom: {range: [0.9, 1.3], probability: 0.5}, saturation: {range: 0.5}, \
            horizontal_flip: true, vertical_flip: 0.2, grey: true, fill: reflect, \
            random_resized_crop: {scale: [0.8, 1], ratio: [0.75, 1.333]}, \
            rand_augment: {num_ops: 3, magnitude: 12}}
            """)
        let expected = AugmentationConfiguration(
            randomResizedCrop: RandomResizedCrop(scale: 0.8...1, ratio: 0.75...1.333), horizontalFlip: 0.5,
            verticalFlip: 0.2, rotation: RandomRange(-5...20),
            zoom: RandomRange(0.9...1.3, probability: 0.5),
            randAugment: RandAugment(operationCount: 3, magnitude: 12, fill: .reflect),
            saturation: RandomRange(0.5...1.5), grey: 1, fill: .reflect)
        #expect(read == expected)
        #expect(read.augmentation?.steps.count == 8)
        #expect(read.augmentation?.fill == .reflect)
    }

    @Test func `A translation is a share for both directions, one for each, or a mapping`() throws {
        let translations = try ["0.1", "[0.2, 0.1]", "{width: [0, 0.3], probability: 0.5}"].map {
            try read("{translation: \($0)}").translation
        }
        #expect(
            translations == [
                RandomTranslation(down: -0.1...0.1, right: -0.1...0.1),
                RandomTranslation(down: -0.2...0.2, right: -0.1...0.1),
                RandomTranslation(down: 0...0, right: 0...0.3, probability: 0.5),
            ])
    }

    @Test(arguments: [
        ("{rotation: 200}", "data.augmentation.rotation: expected degrees of at least 0"),
        ("{rotation: -10}", "data.augmentation.rotation: expected degrees"),
        ("{rotation: [5, -5]}", "data.augmentation.rotation: expected degrees"),
        ("{zoom: [0, 2]}", "data.augmentation.zoom[0]: expected a factor's distance"),
        ("{zoom: 1.5}", "found 1.5; for factors from 1 to 1.5, write [1, 1.5]"),
        ("{hue: 0.6}", "from -0.5 to 0.5, found 0.6"),
        ("{zoom: {probability: 0.5}}", "data.augmentation.zoom.range: missing"),
        ("{grey: 2}", "data.augmentation.grey: expected a number from 0 to 1"),
        ("{translation: [0.1, 0.1, 0.1]}", "data.augmentation.translation: expected a share"),
        ("{rand_augment: {magnitude: 31}}", "expected a whole number from 0 to 30, found 31"),
        ("{random_resized_crop: {scale: [0, 1]}}", "scale[0]: expected a list of the least"),
        ("{rotations: 5}", "unknown key; did you mean 'rotation'?"),
        ("{fill: black}", "expected one of nearest, reflect, constant"),
    ])
    func `What makes no sense is said`(text: String, message: String) {
        let error = #expect(throws: ConfigurationError.self) { try read(text) }
        #expect("\(error!)".contains(message), "\(error!)")
    }
}
