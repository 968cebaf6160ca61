import Datasets
import Testing
import Training

@testable import Experiments

@Suite struct ConfigurationOverrideTests {
    private func errors(_ overrides: String...) -> [String] {
        ConfigurationSamples.errors(ConfigurationSamples.minimal, overrides)
    }

    @Test func `Overrides replace, add and remove values`() throws {
        let found = try ConfigurationSamples.parsed(
            ConfigurationSamples.minimal,
            [
                "training.stages.0.epochs=3", "training.stages[0].optimizer={name: sgd, momentum: 0.5}",
                "model.head.dense=[16, 8]", "data.image_folder=", "data.idx=a=b", "seed=1", "seed=7",
                "regularization.early_stopping.patience=9", "description=\"3\"",
            ])
        #expect(found.training.stages[0].epochs == 3)
        #expect(found.training.stages[0].optimizer == .sgd(momentum: 0.5))
        #expect(found.model.head.dense == [16, 8])
        #expect(found.data.source == .idx("a=b"))
        #expect(found.seed == 7)
        #expect(found.earlyStopping == EarlyStopping(patience: 9))
        #expect(found.description == "3")
    }

    @Test func `A key inside of what is written short is set beside what is there`() throws {
        let found = try ConfigurationSamples.parsed(
            ConfigurationSamples.minimal,
            [
                "training.stages.0.optimizer=adam", "training.stages.0.optimizer.beta_1=0.8",
                "training.stages.0.schedule=cosine", "training.stages.0.schedule.end=0.1",
                "training.loss=categorical_focal_crossentropy", "training.loss.gamma=1",
                "training.feature_cache=always", "training.feature_cache.cached_views=4",
                "regularization.random_erasing=0.25", "regularization.random_erasing.ratio=[0.5, 2]",
                "training.stages.0.unfreeze_gradually=2", "training.stages.0.unfreeze_gradually.groups=3",
            ])
        let stage = found.training.stages[0]
        #expect(stage.optimizer == .adam(beta1: 0.8))
        #expect(stage.learningRate.shape == .cosine(end: 0.1))
        #expect(
            found.training.loss
                == .categoricalFocalCrossEntropy(FocalCrossEntropy(alpha: [0.25], gamma: 1)))
        #expect(found.training.featureCache.cachedViews == 4)
        #expect(found.training.featureCache.mode == .always)
        #expect(found.variation.erasing?.probability == 0.25)
        #expect(found.variation.erasing?.ratio == 0.5...2)
        #expect(stage.unfreezing == GradualUnfreezing(every: 2, groups: 3))
        let other = try ConfigurationSamples.parsed(
            ConfigurationSamples.minimal,
            ["training.stages.0.optimizer=adam", "training.stages.0.optimizer.name=sgd"])
        #expect(other.training.stages[0].optimizer == .sgd())
    }

    @Test func `Errors of an override name its text instead of a line`() {
        #expect(
            errors("training.stages.0.epochs=three") == [
                "--set training.stages.0.epochs=three: training.stages[0].epochs: "
                    + "expected a whole number from 1 to 1000000, found \"three\""
            ])
        #expect(
            errors("training.stages.0.epoch=3") == [
                "--set training.stages.0.epoch=3: training.stages[0].epoch: unknown key; did you mean 'epochs'?"
            ])
        #expect(
            errors("data.image_folder=null") == [
                "x.yaml:3:3: data.image_folder: missing; expected exactly one of 'image_folder', 'fer2013_csv', "
                    + "'idx', 'ck_plus', 'jaffe', 'raf_db', 'affectnet', 'csv', 'multilabel_csv'"
            ])
        #expect(
            errors("data={threads: 2}") == [
                "--set data={threads: 2}: data.image_folder: missing; expected exactly one of 'image_folder', "
                    + "'fer2013_csv', 'idx', 'ck_plus', 'jaffe', 'raf_db', 'affectnet', 'csv', 'multilabel_csv'"
            ])
    }

    @Test func `Overrides must lead somewhere`() {
        #expect(
            errors("training.stages.1.epochs=3") == [
                "--set training.stages.1.epochs=3: 'training.stages' is a list of 1; expected a number from 0 to 0, "
                    + "found '1'"
            ])
        #expect(errors("training.stages.first.epochs=3")[0].hasSuffix("found 'first'"))
        #expect(
            errors("name.first=x") == [
                "--set name.first=x: 'name' is \"small\" and has no 'first'; set 'name' as a whole"
            ])
        #expect(
            errors("epochs") == [
                "--set epochs: expected key=value, such as training.stages.0.epochs=3"
            ])
        #expect(errors("=3")[0].contains("expected key=value"))
        #expect(errors("a..b=3")[0].hasSuffix("expected keys with a '.' between them, found 'a..b'"))
        #expect(errors("seed=[1")[0].hasPrefix("--set seed=[1: did not find expected"))
        #expect(errors("seed=*a")[0].hasPrefix("--set seed=*a: '*a' stands for nothing"))
    }

    @Test func `An override of a stage that shares its keys changes this stage alone`() throws {
        let yaml = ConfigurationSamples.minimal(replacing: "- epochs", with: "    - &first\n      epochs: 2")
        let found = try ConfigurationSamples.parsed(
            yaml + "    - {<<: *first, name: b}\n", ["training.stages.1.epochs=5"])
        #expect(found.training.stages.map(\.epochs) == [2, 5])
    }
}
