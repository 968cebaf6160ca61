import Foundation
import TestSupport
import Testing

@testable import Experiments

@Suite struct ConfigurationErrorTests {
    @Test(arguments: [
        ("epochs: 0", "9:16: training.stages[0].epochs: expected a whole number from 1 to 1000000, found 0"),
        (
            "epochs: three",
            "9:16: training.stages[0].epochs: expected a whole number from 1 to 1000000, found \"three\""
        ),
        (
            "epochs: \"3\"",
            "9:16: training.stages[0].epochs: expected a whole number from 1 to 1000000, found \"3\"; "
                + "take the quotes away"
        ),
        (
            "epochs: 2.5",
            "9:16: training.stages[0].epochs: expected a whole number from 1 to 1000000, found 2.5"
        ),
        (
            "epochs: [1]",
            "9:16: training.stages[0].epochs: expected a whole number from 1 to 1000000, found a list of 1"
        ),
        ("epohcs: 2, epochs: 1", "9:8: training.stages[0].epohcs: unknown key; did you mean 'epochs'?"),
        (
            "epochs: 1, optimizer: adm",
            "9:30: training.stages[0].optimizer: expected one of adam, adamw, sgd, rmsprop, adagrad, lamb, "
                + "found \"adm\"; did you mean 'adam'?"
        ),
        (
            "epochs: 1, optimizer: {name: adam, momentum: 0.9}",
            "9:43: training.stages[0].optimizer.momentum: unknown key; the keys known here are name, beta_1, "
                + "beta_2, epsilon"
        ),
        (
            "epochs: 1, optimizer: {name: sgd, nesterov: true}",
            "9:52: training.stages[0].optimizer.nesterov: expected a momentum greater than 0 with it"
        ),
        (
            "epochs: 1, schedule: step",
            "9:29: training.stages[0].schedule.every_epochs: missing; expected a number greater than 0"
        ),
        (
            "epochs: 1, schedule: {name: one_cycle, base_momentum: 0.96}",
            "9:62: training.stages[0].schedule.base_momentum: expected at most max_momentum, which is 0.95"
        ),
        (
            "epochs: 1, freeze: a, unfreeze: b",
            "9:40: training.stages[0].unfreeze: expected either 'freeze' or 'unfreeze', found both"
        ),
        (
            "epochs: 1, freeze: {through: a, from: b}",
            "9:46: training.stages[0].freeze.from: expected only one of 'through', 'from', 'layers'"
        ),
        (
            "epochs: 1, freeze: [a, backbone]",
            "9:31: training.stages[0].freeze[1]: 'backbone' cannot be one of several layer groups"
        ),
    ])
    func `An error of a stage says where it is, what was expected and what was found`(
        keys: String, message: String
    ) {
        let yaml = ConfigurationSamples.minimal(replacing: "learning_rate", with: "")
            .replacing("- epochs: 2", with: "- {\(keys), learning_rate: 1}")
        #expect(ConfigurationSamples.errors(yaml) == ["x.yaml:" + message])
    }

    @Test(arguments: [
        ("unfreeze: none", "with no layer trained, nothing would change"),
        ("freeze: all", "with all layers frozen, there is nothing to train"),
    ])
    func `A stage that would train nothing is an error`(line: String, reason: String) {
        let errors = ConfigurationSamples.errors(ConfigurationSamples.stage(line))
        #expect(errors.count == 1 && errors[0].hasSuffix(reason))
    }

    @Test(arguments: [
        (
            "data: {image_folder: a, idx: b}",
            "x.yaml:2:30: data.idx: expected only one of 'image_folder', "
                + "'fer2013_csv', 'idx', 'ck_plus', 'jaffe', 'raf_db', 'affectnet', 'csv', 'multilabel_csv'"
        ),
        (
            "data: {threads: 1}",
            "x.yaml:2:7: data.image_folder: missing; expected exactly one of "
                + "'image_folder', 'fer2013_csv', 'idx', 'ck_plus', 'jaffe', 'raf_db', 'affectnet', 'csv', 'multilabel_csv'"
        ),
        (
            "data: {idx: a, splits: {validation: 0.5, test: 0.5}}",
            "x.yaml:2:24: data.splits: validation and "
                + "test take 0.5 + 0.5 of the pictures; expected less than 1 together, so that some are left to "
                + "train on"
        ),
        (
            "data: {idx: a, splits: {validation: 1}}",
            "x.yaml:2:37: data.splits.validation: expected a number "
                + "of at least 0 and less than 1, found 1"
        ),
        (
            "data: {idx: a, augmentation: {horizontal_flip: yes}}",
            "x.yaml:2:48: "
                + "data.augmentation.horizontal_flip: expected true or false, found \"yes\"; write it as true, "
                + "without quotes"
        ),
        ("data: {idx: a, classes: [x, x]}", "x.yaml:2:25: data.classes: 'x' is listed twice"),
        (
            "data: {idx: a, class_names: [x, y], classes: [x, z]}",
            "x.yaml:2:46: data.classes: 'z' is not one "
                + "of the class_names x, y"
        ),
        (
            "data: {idx: a, class_names: [x, true]}",
            "x.yaml:2:33: data.class_names[1]: expected the name of a "
                + "class, found true; put it in quotes"
        ),
        ("data: pictures", "x.yaml:2:7: data: expected a mapping of keys to values, found \"pictures\""),
        ("data:", "x.yaml:2:6: data: missing; expected a mapping of keys to values"),
    ])
    func `An error of the data says where it is, what was expected and what was found`(
        line: String, message: String
    ) {
        let yaml = ConfigurationSamples.minimal(replacing: "data", with: line)
            .replacing("  image_folder: pictures\n", with: "")
        #expect(ConfigurationSamples.errors(yaml) == [message])
    }

    @Test func `The head's dropout cannot be given in two places`() {
        let yaml = ConfigurationSamples.minimal(
            replacing: "weights", with: "  weights: none\n  head: {dropout: 0.1}")
        let errors = ConfigurationSamples.errors(yaml + "regularization:\n  dropout: 0.3\n")
        #expect(
            errors == [
                "x.yaml:13:12: regularization.dropout: the head's dropout is already given as model.head.dropout, "
                    + "by x.yaml:7:19"
            ])
    }

    @Test func `Numbers that single precision cannot hold are out of range`() {
        for rules in ["l2: 1e300", "clip_norm: 1e-60", "l1: .inf", "weight_decay: .nan", "l2: -1e-4"] {
            let errors = ConfigurationSamples.errors(
                ConfigurationSamples.minimal + "regularization: {\(rules)}\n")
            #expect(errors.count == 1 && errors[0].contains("expected a number"), "\(rules): \(errors)")
        }
    }

    @Test func `A name is fit for a folder`() {
        for name in [
            "a b", "../x", ".hidden", "-x", "\"\"", "ä", "a/b", "[x]", String(repeating: "a", count: 101),
        ] {
            let errors = ConfigurationSamples.errors(
                ConfigurationSamples.minimal(replacing: "name:", with: "name: \(name)"))
            #expect(errors.count == 1 && errors[0].hasPrefix("x.yaml:1:7: name: expected a name of letters"))
        }
    }

    @Test func `Everything that is wrong with a file is said at once, from top to bottom`() {
        let errors = ConfigurationSamples.errors(
            """
            nam: x
            data: {image_folder: "", on_error: explode}
            model: {weights: none, channels: 2, input_size: [96], head: {activation: rleu}}
            training:
              stages:
                - {name: a, epochs: -1, learning_rate: 0}
                - {name: a, epochs: 1}
            regularization: {early_stopping: {monitor: loss, patience: 0}}
            """)
        let places = errors.map { $0.split(separator: ": ").prefix(2).joined(separator: " ") }
        #expect(
            places == [
                "x.yaml:1:1 name", "x.yaml:1:1 nam", "x.yaml:2:22 data.image_folder",
                "x.yaml:2:36 data.on_error",
                "x.yaml:3:8 model.architecture", "x.yaml:3:34 model.channels", "x.yaml:3:49 model.input_size",
                "x.yaml:3:74 model.head.activation", "x.yaml:6:25 training.stages[0].epochs",
                "x.yaml:6:44 training.stages[0].learning_rate", "x.yaml:7:7 training.stages[1].learning_rate",
                "x.yaml:7:7 training.stages[1]",
                "x.yaml:8:44 regularization.early_stopping.monitor",
                "x.yaml:8:60 regularization.early_stopping.patience",
            ])
    }

    @Test func `Files that are no configuration are errors`() throws {
        #expect(
            ConfigurationSamples.errors("") == [
                "x.yaml:1:1: expected a mapping of keys to values, found nothing"
            ])
        #expect(
            ConfigurationSamples.errors("- 1") == [
                "x.yaml:1:1: expected a mapping of keys to values, found a list of 1"
            ])
        try Fixtures.withTemporaryFolder { folder in
            let path = folder.path(percentEncoded: false)
            #expect(
                throws: ConfigurationError.unreadable(
                    file: path, reason: "is a folder; expected a YAML file")
            ) {
                _ = try ExperimentConfiguration.load(path: path)
            }
            let missing = path + "/missing.yaml"
            #expect(
                throws: ConfigurationError.unreadable(
                    file: missing, reason: "there is no such file")
            ) {
                _ = try ExperimentConfiguration.load(path: missing)
            }
            let large = folder.appending(path: "large.yaml")
            try Data(repeating: 0x23, count: 1 << 20 + 1).write(to: large)
            #expect(
                throws: ConfigurationError.unreadable(
                    file: large.path(percentEncoded: false),
                    reason: "has more than 1048576 bytes; expected a YAML file")
            ) {
                _ = try ExperimentConfiguration.load(path: large.path(percentEncoded: false))
            }
        }
    }
}
