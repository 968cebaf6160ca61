import Foundation
import Layers
import Tensors
import TestSupport
import Testing

@testable import KerasFiles

@Suite struct ImportOptionsTests {
    /// The small network with other names for two of its layers.
    private func renamed() throws -> Network {
        var network = NetworkBuilder("renamed", input: [8, 8, 3])
        var x = try network.add(Conv2D("first", filters: 4, kernelSize: 3, padding: .same), to: network.input)
        x = try network.add(BatchNormalization("bn1"), to: x)
        let shortcut = try network.add(Conv2D("second", filters: 4, kernelSize: 1), to: x)
        return network.build(output: shortcut)
    }

    @Test(arguments: ["small_weights.h5", "small.weights.h5", "nested_model.h5", "nested.weights.h5"])
    func `Layers that the file calls otherwise are found by an explicit name`(name: String) throws {
        let file = try SmallNetwork.file(name)
        let path = try #require(file.layers.first { $0.name == "conv1" && !$0.arrays.isEmpty }).path
        for stored in ["conv1", path, String(path.dropFirst())] {
            let (parameters, report) = try file.parameters(
                for: renamed(), options: ImportOptions(rename: [stored: "first", "shortcut": "second"]))
            let original = try file.parameters(for: try SmallNetwork.network().until("add")).parameters
            #expect(parameters["first", "kernel"] == original["conv1", "kernel"])
            #expect(parameters["second", "bias"] == original["shortcut", "bias"])
            #expect(parameters["bn1", "gamma"] == original["bn1", "gamma"])
            #expect(report.matching == .byName)
            #expect(Set(report.renamed) == ["first: conv1", "second: shortcut"])
        }
    }

    @Test func `An explicit name wins over the same name in the file`() throws {
        let file = try SmallNetwork.file("small_weights.h5")
        // Both are 1x1 convolutions of 4 filters.
        let (parameters, _) = try file.parameters(
            for: SmallNetwork.network(),
            options: ImportOptions(rename: ["pointwise": "shortcut", "shortcut": "pointwise"]))
        let original = try SmallNetwork.expected()
        #expect(parameters["shortcut", "kernel"] == original["pointwise", "kernel"])
        #expect(parameters["pointwise", "kernel"] == original["shortcut", "kernel"])
    }

    @Test(arguments: [
        (ImportOptions(only: ["conv1", "bn*"]), ["conv1", "bn1"]),
        (ImportOptions(except: ["*wise", "top"]), ["conv1", "bn1", "shortcut"]),
        (ImportOptions(only: ["features"], except: ["*o*t*"]), ["conv1", "bn1", "depthwise"]),
        (ImportOptions(match: .order, only: ["pointwise"]), ["pointwise"]),
        (ImportOptions(match: .name, only: ["*"], except: ["predictions"]), nil),
    ])
    func `A part of a file is imported, and the report says what is not`(
        options: ImportOptions, names: [String]?
    ) throws {
        let network = try SmallNetwork.network()
        let all = ["conv1", "bn1", "shortcut", "depthwise", "pointwise", "predictions"]
        let names = names ?? Array(all.dropLast())
        for name in ["small_weights.h5", "small.weights.h5"] {
            let (parameters, report) = try SmallNetwork.file(name).parameters(for: network, options: options)
            #expect(Set(report.imported.map(\.name)) == Set(names))
            #expect(Set(report.excluded) == Set(all).subtracting(names))
            #expect(report.notImported.isEmpty && report.leftOut.isEmpty)
            #expect("\(report)".contains("excluded, so that they stay random: "))
            let expected = try SmallNetwork.expected()
            for node in network.nodes {
                for key in node.parameterKeys {
                    #expect(parameters[key] == (names.contains(node.name) ? expected[key] : nil), "\(key)")
                }
            }
        }
    }

    @Test func `What is excluded need not fit`() throws {
        let network = try SmallNetwork.network(classes: 7)
        let file = try SmallNetwork.file("automatic_names.h5")
        #expect(throws: KerasFileError.self) { try file.parameters(for: network) }
        let (parameters, report) = try file.parameters(
            for: network, options: ImportOptions(except: ["predictions"]))
        #expect(report.matching == .byOrder && report.excluded == ["predictions"])
        #expect(parameters["pointwise", "kernel"] == (try SmallNetwork.expected()["pointwise", "kernel"]))
    }

    @Test(arguments: ["small_weights.h5", "small_model.h5", "small.weights.h5", "keras2.weights.h5"])
    func `By order, names mean nothing`(name: String) throws {
        var builder = NetworkBuilder("strange", input: [8, 8, 3])
        var x = try builder.add(Conv2D("bn1", filters: 4, kernelSize: 3, padding: .same), to: builder.input)
        x = try builder.add(BatchNormalization("conv1"), to: x)
        let network = builder.build(output: x)
        let file = try SmallNetwork.file(name)
        #expect(throws: KerasFileError.self) {
            try file.parameters(for: network, options: ImportOptions(match: .name))
        }
        let (parameters, report) = try file.parameters(for: network, options: ImportOptions(match: .order))
        let expected = try SmallNetwork.expected()
        #expect(parameters["bn1", "kernel"] == expected["conv1", "kernel"])
        #expect(parameters["conv1", "moving_variance"] == expected["bn1", "moving_variance"])
        #expect(report.matching == .byGivenOrder)
    }

    @Test func `By order, every shape must fit`() throws {
        var builder = NetworkBuilder("strange", input: [8, 8, 3])
        var x = try builder.add(Conv2D("a", filters: 4, kernelSize: 3, padding: .same), to: builder.input)
        x = try builder.add(Conv2D("b", filters: 4, kernelSize: 1), to: x)
        let network = builder.build(output: x)
        let error = #expect(throws: KerasFileError.self) {
            try SmallNetwork.file("small_weights.h5")
                .parameters(for: network, options: ImportOptions(match: .order))
        }
        #expect(
            "\(try #require(error))".hasSuffix(
                "layer 'b' (Conv2D): expected kernel [1, 1, 4, 4], bias [4], "
                    + "found gamma [4], beta [4], moving_mean [4], moving_variance [4]"))
    }

    @Test(arguments: [
        (
            ImportOptions(only: ["conv2"]),
            "only 'conv2': expected a layer with weights, or a layer group, of network 'small', found none; "
                + "did you mean 'conv1'?"
        ),
        (
            ImportOptions(except: ["relu1"]),
            "except 'relu1': expected a layer with weights, or a layer group, of network 'small', found none"
        ),
        (
            ImportOptions(only: ["conv1"], except: ["features"]),
            "'only' and 'except' together leave no layer to import"
        ),
        (
            ImportOptions(rename: ["short": "shortcut"]),
            "rename 'short': the file has no such layer with weights; did you mean 'shortcut'?"
        ),
        (
            ImportOptions(rename: ["conv1": "conv"]),
            "rename 'conv1': network 'small' has no layer 'conv' that takes weights; did you mean 'conv1'?"
        ),
        (
            ImportOptions(rename: ["conv1": "bn1", "shortcut": "bn1"]),
            "rename: expected one layer of the file for 'bn1', found 'conv1' and 'shortcut'"
        ),
        (
            ImportOptions(match: .order, rename: ["conv1": "conv1"]),
            "rename has no meaning where layers are matched by their order"
        ),
    ])
    func `Options that speak of what is not there are errors`(
        options: ImportOptions, message: String
    ) throws {
        let file = try SmallNetwork.file("small_weights.h5")
        let error = #expect(throws: KerasFileError.self) {
            try file.parameters(for: SmallNetwork.network(), options: options)
        }
        let text = try #require(error).description
        #expect(text == "\(file.path): \(message)")
    }

    @Test(arguments: [
        ("*", "conv1", true), ("conv1", "conv1", true), ("conv1", "conv1_bn", false),
        ("*_bn", "conv1_bn", true),
        ("c*1*n", "conv1_bn", true), ("c*1*b", "conv1_bn", false), ("*bn*bn", "a_bn", false),
        ("a*a", "a", false), ("**a**", "a", true), ("block2", "x", true), ("block*", "x", false),
    ])
    func `A star stands for any letters of a name, and a group for its layers`(
        pattern: String, name: String, matches: Bool
    ) throws {
        var builder = NetworkBuilder("n", input: [4])
        builder.beginGroup("block2")
        let x = try builder.add(Dense(name, units: 1), to: builder.input)
        let node = try builder.build(output: x).node(name)
        #expect(LayerPattern(pattern).matches(node) == matches)
    }

    @Test(arguments: ["teachable_machine", "transfer"])
    func `A backbone is found by name in a whole model, however deep and whatever wrote it`(
        name: String
    ) throws {
        let network = try SmallNetwork.network().until("add")
        for version in ["keras2", "keras3"] {
            let imports = try ["h5", "keras"].map { ending in
                try SmallNetwork.file("models/\(version)_\(name).\(ending)")
                    .parameters(for: network, options: ImportOptions(match: .name))
            }
            #expect(imports[0].parameters == imports[1].parameters, "\(version)")
            #expect(imports.allSatisfy { $0.parameters.count == network.parameters.count })
        }
    }
}
