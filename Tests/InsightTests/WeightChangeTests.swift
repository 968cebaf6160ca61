import Foundation
import Insight
import Layers
import Tensors
import TestSupport
import Testing

@Suite struct WeightChangeTests {
    /// What NumPy says of a layer.
    private struct Expected: Decodable {
        var layer: String
        var before: [String: [Float]]
        var after: [String: [Float]]
        var count: Int
        var normBefore: Double
        var normAfter: Double
        var relativeChange: Double?
        var cosine: Double?
        var statisticsChange: Double?
    }

    private static func expected() throws -> [Expected] {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return try decoder.decode(
            [Expected].self, from: Data(contentsOf: Fixtures.url("insight/weights.json")))
    }

    private static func network() throws -> Network {
        var network = NetworkBuilder("small", input: [6, 6, 2])
        var x = try network.add(Conv2D("conv", filters: 4, kernelSize: 3), to: network.input)
        x = try network.add(BatchNormalization("bn"), to: x)
        x = try network.add(GlobalAveragePooling2D("pool"), to: x)
        x = try network.add(Dense("dense", units: 3), to: x)
        x = try network.add(Dense("frozen", units: 3), to: x)
        x = try network.add(Dense("zero", units: 2), to: x)
        return network.build(output: x)
    }

    private static func parameters(
        _ expected: [Expected], _ values: KeyPath<Expected, [String: [Float]]>
    ) throws -> Parameters {
        var parameters = Parameters()
        for (key, spec) in try network().parameters {
            let layer = try #require(expected.first { $0.layer == key.layer })
            parameters[key] = Tensor(try #require(layer[keyPath: values][key.name]), shape: spec.shape)
        }
        return parameters
    }

    @Test func `Norms, relative change and cosine are NumPy's, layer by layer`() throws {
        let expected = try Self.expected()
        let change = try WeightChange(
            of: Self.network(), from: Self.parameters(expected, \.before),
            to: Self.parameters(expected, \.after))
        #expect(change.layers.map(\.name) == expected.map(\.layer))
        func isNear(_ found: Double?, _ wanted: Double?) -> Bool {
            guard let found, let wanted else { return found == nil && wanted == nil }
            return abs(found - wanted) < 1e-12 * max(abs(wanted), 1)
        }
        for (found, wanted) in zip(change.layers, expected) {
            #expect(found.count == wanted.count)
            #expect(isNear(found.normBefore, wanted.normBefore) && isNear(found.normAfter, wanted.normAfter))
            #expect(isNear(found.relativeChange, wanted.relativeChange), "\(found.name)")
            #expect(isNear(found.cosine, wanted.cosine), "\(found.name)")
            #expect(isNear(found.statisticsChange, wanted.statisticsChange), "\(found.name)")
        }
        let frozen = try #require(change.layers.first { $0.name == "frozen" })
        #expect(frozen.relativeChange == 0 && frozen.cosine == 1)
    }

    @Test func `Arrays that are missing cannot be compared`() throws {
        let network = try Self.network()
        let before = network.initialParameters(seed: 1)
        var after = before
        after["dense", "kernel"] = nil
        #expect(throws: InsightError.incomparable(layer: "dense", array: "kernel")) {
            try WeightChange(of: network, from: before, to: after)
        }
    }
}
