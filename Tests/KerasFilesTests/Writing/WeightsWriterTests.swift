import Foundation
import Layers
import Tensors
import TestSupport
import Testing

@testable import KerasFiles

@Suite struct WeightsWriterTests {
    /// Where the files are left for `Tests/Fixtures/keras_files/verify_written.py`, if it is wanted.
    private static let keptFolder = ProcessInfo.processInfo.environment["GRAFT_WRITTEN"]

    @Test(arguments: ["written.weights.h5", "written.h5", "written.hdf5"])
    func `What was written is read back`(name: String) throws {
        try Fixtures.withTemporaryFolder { folder in
            let path = folder.appending(path: name).path(percentEncoded: false)
            let (network, parameters) = (try SmallNetwork.network(), try SmallNetwork.expected())
            try WeightsWriter(network).write(parameters, to: path)
            let file = try WeightsFile(path)
            #expect(try file.parameters(for: network).parameters == parameters)
            #expect(file.format == (name == "written.weights.h5" ? .keras3Weights : .legacyWeights))
            // Keras loads legacy files by order alone.
            let filled = network.kerasOrder.map { network.nodes[$0] }.filter { !$0.parameters.isEmpty }
            #expect(file.layers.filter { !$0.arrays.isEmpty }.map(\.name) == filled.map(\.name))
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == [name])
            if let kept = Self.keptFolder {
                try Data(contentsOf: URL(filePath: path)).write(to: URL(filePath: "\(kept)/\(name)"))
            }
        }
    }

    @Test func `A Keras 3 file has just the groups and arrays that Keras writes`() throws {
        try Fixtures.withTemporaryFolder { folder in
            let path = folder.appending(path: "x.weights.h5").path(percentEncoded: false)
            try WeightsWriter(SmallNetwork.network()).write(SmallNetwork.expected(), to: path)
            let (ours, keras) = (try WeightsFile(path), try SmallNetwork.file("small.weights.h5"))
            #expect(ours.layers.map(\.path) == keras.layers.map(\.path))
            #expect(ours.layers.map(\.name) == keras.layers.map(\.name))
            #expect(ours.layers.map { $0.arrays.map(\.path) } == keras.layers.map { $0.arrays.map(\.path) })
        }
    }

    @Test func `Equal weights make equal files`() throws {
        try Fixtures.withTemporaryFolder { folder in
            let data = try ["a.h5", "b.h5"].map { name in
                let url = folder.appending(path: name)
                try WeightsWriter(SmallNetwork.network()).write(
                    SmallNetwork.expected(), to: url.path(percentEncoded: false))
                return try Data(contentsOf: url)
            }
            #expect(data[0] == data[1])
        }
    }

    @Test func `Many layers make a list of several attributes`() throws {
        try Fixtures.withTemporaryFolder { folder in
            var builder = NetworkBuilder("deep", input: [4])
            var x = builder.input
            for index in 0..<700 {
                let name = "layer_\(index)_" + String(repeating: "x", count: 100)
                x = try builder.add(Dense(name, units: 4, useBias: false), to: x)
            }
            let network = builder.build(output: x)
            let parameters = network.initialParameters(seed: 1)
            let path = folder.appending(path: "deep.h5").path(percentEncoded: false)
            try WeightsWriter(network).write(parameters, to: path)
            #expect(try WeightsFile(path).parameters(for: network).parameters == parameters)
            #expect(try HDF5Group(openFile: path).hasAttribute("layer_names1"))
        }
    }

    @Test func `A file is replaced only by a complete one`() throws {
        try Fixtures.withTemporaryFolder { folder in
            let path = folder.appending(path: "x.weights.h5").path(percentEncoded: false)
            let (network, parameters) = (try SmallNetwork.network(), try SmallNetwork.expected())
            try WeightsWriter(network).write(parameters, to: path)
            let before = try Data(contentsOf: URL(filePath: path))
            var incomplete = parameters
            incomplete["conv1", "bias"] = nil
            #expect(throws: LayerError.missingParameter(ParameterKey("conv1", "bias"))) {
                try WeightsWriter(network).write(incomplete, to: path)
            }
            #expect(try Data(contentsOf: URL(filePath: path)) == before)
            var changed = parameters
            changed["conv1", "bias"]?[0] += 1
            try WeightsWriter(network).write(changed, to: path)
            #expect(try WeightsFile(path).parameters(for: network).parameters == changed)
        }
    }

    @Test func `A name that tells no format, or no folder, is refused`() throws {
        let (network, parameters) = (try SmallNetwork.network(), try SmallNetwork.expected())
        #expect(throws: KerasFileError.format(file: "x.keras")) {
            try WeightsWriter(network).write(parameters, to: "x.keras")
        }
        #expect(throws: KerasFileError.write(file: "nowhere/x.h5", reason: "there is no such folder")) {
            try WeightsWriter(network).write(parameters, to: "nowhere/x.h5")
        }
    }
}
