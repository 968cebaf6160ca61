import Foundation
import Layers
import Tensors
import TestSupport
import Testing
import Training

@testable import Experiments

@Suite struct ConfigurationWritingTests {
    @Test func `A written experiment reads back as an equal one`() throws {
        let full = try ExperimentConfiguration.load(path: Fixtures.path("configuration/full.yaml"))
        #expect(try ConfigurationSamples.parsed(full.yaml()) == full)
        let minimal = try ConfigurationSamples.parsed(ConfigurationSamples.minimal)
        #expect(try ConfigurationSamples.parsed(minimal.yaml()) == minimal)
    }

    @Test func `What is written has every default, in the schema's order`() throws {
        let yaml = try ConfigurationSamples.parsed(ConfigurationSamples.minimal).yaml()
        #expect(
            yaml == """
                name: small
                seed: 0
                data:
                  image_folder: pictures
                  splits:
                    validation: 0.1
                    test: 0.1
                  keep_groups: true
                  duplicates: report
                  on_error: fail
                  augmentation:
                    horizontal_flip: 0.0
                    vertical_flip: 0.0
                    grey: 0.0
                    fill: nearest
                model:
                  architecture: mobilenet
                  alpha: 1.0
                  input_size: [224, 224]
                  channels: 3
                  weights: none
                  head:
                    pooling: avg
                    dropout: 0.0
                    dense: []
                    activation: relu
                training:
                  batch_size: 32
                  shuffle: true
                  stages:
                  - name: stage1
                    freeze: none
                    batch_normalization:
                      frozen: inference
                      unfrozen: train
                    epochs: 2
                    accumulate: 1
                    optimizer:
                      name: adam
                      beta_1: 0.9
                      beta_2: 0.999
                      epsilon: 1e-07
                    learning_rate: 0.001
                    schedule:
                      name: constant
                      warmup_epochs: 0.0
                  feature_cache:
                    mode: auto
                    max_gb: 10.0
                regularization:
                  l1: 0.0
                  l2: 0.0
                  weight_decay: 0.0
                  label_smoothing: 0.0
                  spatial_dropout: 0.0
                  stochastic_depth: 0.0
                  mixup: 0.0
                  cutmix: 0.0
                  mix_probability: 1.0
                  mix_switch_probability: 0.5
                evaluation:
                  temperature_scaling: false

                """)
    }

    @Test func `Text that looks like something else, or needs escapes, is written so that it stays text`()
        throws
    {
        var experiment = try ConfigurationSamples.parsed(ConfigurationSamples.minimal)
        let texts = [
            "no", "1e3", "0x1F", "null", "~", "<<", ": x", "# x", "- x", "a: b", "a #b", " lead", "trail ",
            "quote\"s'", "back\\slash", "*alias", "&anchor", "!tag", "%percent", "@at", "`tick", "{a}", "[a]",
            "Gefühl 😀", "a\u{301}", "?", "-", "",
        ]
        for text in texts + ["two\nlines\n", "tab\tand\u{7}bell", "\n", "\u{FEFF}bom", "\u{2028}", "\u{85}"] {
            experiment.description = text
            let yaml = try experiment.yaml()
            #expect(try ConfigurationSamples.parsed(yaml).description == text, "\(yaml.prefix(60))")
        }
        experiment.description = nil
        experiment.data.classNames = texts.filter { !$0.isEmpty }
        experiment.data.source = .imageFolder(String(repeating: "long name ", count: 40) + "x")
        #expect(try ConfigurationSamples.parsed(experiment.yaml()) == experiment)
    }

    @Test func `Random experiments read back as equal ones`() throws {
        var random = SeededRandom(seed: 7)
        for _ in 0..<300 {
            let experiment = ExperimentConfiguration.random(&random)
            #expect(try ConfigurationSamples.parsed(experiment.yaml()) == experiment)
        }
    }
}
