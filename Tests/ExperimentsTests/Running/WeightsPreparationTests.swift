import Architectures
import Experiments
import Foundation
import KerasFiles
import Layers
import Tensors
import TestSupport
import Testing

@Suite struct WeightsPreparationTests {
    /// A file with the arrays of a MobileNet for grey pictures, and those arrays.
    private func write(
        _ name: String, in small: SmallExperiment, includeTop: Bool, alpha: Double = 0.25
    ) throws -> (path: String, Parameters) {
        let network = try Architecture.mobilenet.network(
            input: [32, 32, 1], alpha: alpha, includeTop: includeTop, classes: 5)
        let parameters = network.initialParameters(seed: 99)
        let path = small.folder.appending(path: name).path(percentEncoded: false)
        try WeightsWriter(network).write(parameters, to: path)
        return (path, parameters)
    }

    @Test(arguments: [("notop.h5", false), ("top.weights.h5", true)])
    func `A backbone's weights are imported, whether the file has a top or not`(
        name: String, includeTop: Bool
    ) throws {
        try SmallExperiment.with { small in
            let (path, expected) = try write(name, in: small, includeTop: includeTop)
            // The last feature map, whose layers are all in the file.
            let experiment = try small.prepared("model.weights=\(path)", "model.until=conv_pw_13_relu")
            let random = experiment.network.initialParameters(seed: experiment.configuration.seed)
            for (key, _) in experiment.network.parameters {
                let isHead = key.layer == "predictions"
                #expect(experiment.parameters[key] == (isHead ? random[key] : expected[key]), "\(key)")
            }
            let report = try #require(experiment.importReport)
            #expect(report.imported.count == 54)
            #expect(report.notImported == ["predictions"])
            #expect(report.leftOut.count == (includeTop ? 1 : 0))
        }
    }

    @Test func `A file that does not fit is an error with the layer, both shapes and a hint`() throws {
        try SmallExperiment.with { small in
            let (path, _) = try write("half.h5", in: small, includeTop: false, alpha: 0.5)
            let text = try small.problem("model.weights=\(path)")
            #expect(
                text.hasPrefix(
                    "\(path): does not fit network 'mobilenet': layer 'conv1': expected kernel [3, 3, 1, 8], "
                        + "found [3, 3, 1, 16];"))
            #expect(text.contains("the file looks like mobilenet alpha 0.5 channels 1, without top"))
        }
    }

    @Test func `Layers that are left out stay random, and the report says so`() throws {
        try SmallExperiment.with { small in
            let (path, expected) = try write("notop.h5", in: small, includeTop: false)
            let experiment = try small.prepared(
                "model.weights={file: \(path), only: [block_1, conv1], except: '*_bn'}")
            let random = experiment.network.initialParameters(seed: experiment.configuration.seed)
            let imported = Set(["conv1", "conv_dw_1", "conv_pw_1"])
            for (key, _) in experiment.network.parameters {
                let source = imported.contains(key.layer) ? expected : random
                #expect(experiment.parameters[key] == source[key], "\(key)")
            }
            let report = try #require(experiment.importReport)
            #expect(Set(report.imported.map(\.name)) == imported)
            #expect(report.excluded.contains("conv1_bn") && report.excluded.contains("conv_pw_2"))
            #expect(report.notImported == ["predictions"])
        }
    }

    @Test func `A pattern for the head, which is never imported, is an error`() throws {
        try SmallExperiment.with { small in
            let (path, _) = try write("notop.h5", in: small, includeTop: false)
            #expect(
                try small.problem("model.weights={file: \(path), except: conv_pw_9}").hasPrefix(
                    "\(path): except 'conv_pw_9': expected a layer with weights, or a layer group, of network "
                        + "'mobilenet', found none; did you mean 'conv_pw_1' or 'conv_pw_2'"))
            #expect(
                try small.problem("model.weights={file: \(path), only: head}").hasPrefix(
                    "\(path): only 'head': expected a layer with weights"))
        }
    }

    @Test func `A file that is not there is named`() throws {
        try SmallExperiment.with { small throws in
            #expect(
                try small.problem("model.weights=/nowhere/x.h5") == "/nowhere/x.h5: there is no such file")
        }
    }
}
