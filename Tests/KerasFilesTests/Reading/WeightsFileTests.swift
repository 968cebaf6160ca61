import Foundation
import Layers
import Tensors
import TestSupport
import Testing

@testable import KerasFiles

@Suite struct WeightsFileTests {
    @Test(arguments: [
        ("small.weights.h5", WeightsFile.Format.keras3Weights, String?.none),
        ("small_weights.h5", .legacyWeights, "3."), ("small_model.h5", .legacyModel, "3."),
        ("published.h5", .legacyWeights, "2.0.5"), ("keras2.h5", .legacyWeights, "2."),
        ("keras2.weights.h5", .keras3Weights, nil),
    ])
    func `A file tells its format and Keras's version`(
        name: String, format: WeightsFile.Format, version: String?
    ) throws {
        let file = try SmallNetwork.file(name)
        #expect(file.format == format)
        #expect(file.kerasVersion?.hasPrefix(version ?? "") ?? (version == nil))
        #expect(file.backend == (version == nil ? nil : "tensorflow"))
        #expect(file.summary.parameterCount == 112 + 16 + 20 + 36 + 20 + 15)
    }

    @Test func `Layers have the classes that the configuration or the keys tell`() throws {
        for name in ["small_model.h5", "small.weights.h5"] {
            let classes = Dictionary(
                uniqueKeysWithValues: try SmallNetwork.file(name).layers.map { ($0.name, $0.className) })
            #expect(classes["depthwise"] == "DepthwiseConv2D", "\(name)")
            #expect(classes["bn1"] == "BatchNormalization", "\(name)")
            #expect(classes["relu1"] == "ReLU", "\(name)")
        }
    }

    @Test func `Lists that were split into several attributes are put together`() throws {
        let names = try SmallNetwork.file("published.h5").layers.map(\.name)
        #expect(names.count == 11)
        #expect(names.first == "input_layer" && names.last == "predictions")
    }

    @Test(arguments: [
        ("float16.h5", StoredType.float16, Float(0.01)), ("float64_gzip.h5", .float64, 0),
        ("int8.h5", .int8, 0.5),
    ])
    func `Other kinds of numbers are converted`(name: String, type: StoredType, tolerance: Float) throws {
        let file = try SmallNetwork.file(name)
        let array = try #require(file.layers.first { $0.name == "conv1" }?.arrays.first)
        #expect(array.storedType == type)
        let expected = try #require(try SmallNetwork.expected()["conv1", "kernel"])
        let found = try file.read(array)
        #expect(found.shape == expected.shape)
        #expect(zip(found.elements, expected.elements).allSatisfy { abs($0 - $1) <= tolerance })
        let report = try file.parameters(for: SmallNetwork.network()).report
        #expect(report.converted.contains("conv1/kernel: \(type)"))
    }

    @Test(arguments: ["nested.weights.h5", "nested_model.h5", "nested_weights.h5"])
    func `Layers of a nested model are told apart`(name: String) throws {
        let file = try SmallNetwork.file(name)
        let arrays = Dictionary(
            uniqueKeysWithValues: file.layers.map { ($0.name, $0.arrays.map(\.shape)) })
        #expect(arrays["bn1"] == [[4], [4], [4], [4]])
        #expect(arrays["separable"] == [[3, 3, 4, 1], [1, 1, 4, 2], [2]])
        #expect(arrays["classes"] == [[2, 3], [3]])
        #expect(file.ignored.count == (name == "nested_weights.h5" ? 0 : 1))
    }

    @Test func `A group that contains itself is read once`() throws {
        let file = try SmallNetwork.file("hostile/cycle.weights.h5")
        #expect(file.layers.map(\.path) == ["/layers/conv2d"])
    }

    @Test func `A summary becomes JSON`() throws {
        let file = try SmallNetwork.file("small_model.h5")
        let json = try JSONSerialization.jsonObject(with: JSONEncoder().encode(file.summary))
        let object = try #require(json as? [String: Any])
        let layers = try #require(object["layers"] as? [[String: Any]])
        let dense = try #require(layers.first { $0["name"] as? String == "predictions" })
        #expect(object["format"] as? String == "legacyModel")
        #expect(dense["className"] as? String == "Dense")
        #expect(dense["parameterCount"] as? Int == 15)
        #expect(object["byteCount"] as? Int == 4 * file.summary.parameterCount)
    }

    @Test func `Files are read by several threads at once`() async throws {
        let expected = try SmallNetwork.expected()
        let results = try await withThrowingTaskGroup(of: Parameters.self) { group in
            for _ in 0..<16 {
                group.addTask {
                    try SmallNetwork.file("small.weights.h5").parameters(for: SmallNetwork.network())
                        .parameters
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(results.count == 16 && results.allSatisfy { $0 == expected })
    }
}
