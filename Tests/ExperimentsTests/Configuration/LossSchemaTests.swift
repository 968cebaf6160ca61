import Datasets
import Testing
import Training

@testable import Experiments

@Suite struct LossSchemaTests {
    private func training(_ keys: String) throws -> TrainingConfiguration {
        try ConfigurationSamples.parsed(ConfigurationSamples.minimal + "  \(keys)\n").training
    }

    private func experiment(_ keys: String) throws -> ExperimentConfiguration {
        try ConfigurationSamples.parsed(ConfigurationSamples.minimal + "regularization: {\(keys)}\n")
    }

    @Test func `Losses are read by Keras's names, with Keras's defaults`() throws {
        #expect(try training("baseline:").loss == nil)
        #expect(try training("loss: categorical_crossentropy").loss == .categoricalCrossEntropy)
        #expect(
            try training("loss: categorical_focal_crossentropy").loss
                == .categoricalFocalCrossEntropy(FocalCrossEntropy(alpha: [0.25], gamma: 2)))
        #expect(
            try training("loss: {name: categorical_focal_crossentropy, alpha: [1, 2], gamma: 0.5}").loss
                == .categoricalFocalCrossEntropy(FocalCrossEntropy(alpha: [1, 2], gamma: 0.5)))
        #expect(
            try training("loss: {name: binary_crossentropy, pos_weight: {dog: 3}}").loss
                == .binaryCrossEntropy(positiveWeights: .each(["dog": 3])))
    }

    @Test func `Class weights are balanced or given by the classes' names`() throws {
        #expect(try training("class_weight: balanced").classWeight == .balanced)
        #expect(
            try training("class_weight: {happy: 1, sad: 2.5}").classWeight == .each(["happy": 1, "sad": 2.5]))
    }

    @Test func `What varies batches is read with torchvision's defaults`() throws {
        let none = try experiment("l2: 0").variation
        #expect(none == BatchVariation() && !none.isActive)
        let mixed = try experiment("mixup: 0.2, cutmix: 1, mix_probability: 0.8, mix_switch_probability: 0.1")
        #expect(
            mixed.variation.mixing
                == Mixing(mixup: 0.2, cutmix: 1, probability: 0.8, switchProbability: 0.1))
        let erased = try experiment("random_erasing: 0.25").variation
        #expect(erased.erasing == RandomErasing(probability: 0.25))
        let keys = "scale: [0.1, 0.2], ratio: [1, 2], value: random"
        #expect(
            try experiment("random_erasing: {\(keys)}").variation.erasing
                == RandomErasing(scale: 0.1...0.2, ratio: 1...2, value: .random))
        #expect(
            try experiment("random_erasing: {value: [1, 2, -3]}").variation.erasing?.value
                == .constant([1, 2, -3]))
    }

    @Test func `Early stopping has Keras's baseline and first epoch that counts, and more metrics`() throws {
        let rule = try experiment(
            "early_stopping: {monitor: val_f1_macro, start_from_epoch: 3, baseline: 0.5}"
        ).earlyStopping
        #expect(rule == EarlyStopping(monitor: .validationF1Macro, startFromEpoch: 3, baseline: 0.5))
    }

    @Test(
        arguments: [
            ("loss: hinge", "training.loss: expected one of"),
            (
                "loss: {name: categorical_crossentropy, gamma: 2}",
                "training.loss.gamma: unknown key; the keys known here are name"
            ),
            (
                "class_weight: 3",
                "training.class_weight: expected 'balanced', or a mapping of classes to weights"
            ),
            ("class_weight: {a: -1}", "training.class_weight.a: expected a number of at least 0, found -1"),
        ])
    func `A loss that makes no sense is an error with its place`(keys: String, message: String) {
        let errors = ConfigurationSamples.errors(ConfigurationSamples.minimal + "  \(keys)\n")
        #expect(errors.count == 1 && errors[0].contains(message), "\(errors)")
    }

    @Test(
        arguments: [
            (
                "random_erasing: {scale: [0.5, 0.1]}",
                "regularization.random_erasing.scale: expected two shares"
            ),
            ("random_erasing: {value: [1, 2]}", "regularization.random_erasing.value: expected 'random'"),
            ("mixup: -1", "regularization.mixup: expected a number of at least 0, found -1"),
            ("mix_probability: 2", "regularization.mix_probability: expected a number from 0 to 1, found 2"),
        ])
    func `A variation that makes no sense is an error with its place`(keys: String, message: String) {
        let errors = ConfigurationSamples.errors(ConfigurationSamples.minimal + "regularization: {\(keys)}\n")
        #expect(errors.count == 1 && errors[0].contains(message), "\(errors)")
    }

    @Test func `FER+ is read beside FER-2013's table, and nowhere else`() throws {
        func yaml(_ source: String) -> String {
            ConfigurationSamples.minimal(replacing: "image_folder", with: source)
        }
        let found = try ConfigurationSamples.parsed(
            yaml("  fer2013_csv: a.csv\n  ferplus_csv: b.csv\n  labels: soft"))
        #expect(found.data.ferPlus == FERPlusConfiguration(path: "b.csv", labels: .soft))
        #expect(try ConfigurationSamples.parsed(found.yaml()) == found)
        #expect(
            ConfigurationSamples.errors(yaml("  image_folder: a\n  ferplus_csv: b.csv"))
                == [
                    "x.yaml:4:16: data.ferplus_csv: its votes are for the faces of FER-2013's table; expected "
                        + "'fer2013_csv' with it, found 'image_folder'"
                ])
        #expect(
            ConfigurationSamples.errors(yaml("  fer2013_csv: a\n  labels: soft"))
                == ["x.yaml:4:11: data.labels: expected 'ferplus_csv' with it"])
    }
}
