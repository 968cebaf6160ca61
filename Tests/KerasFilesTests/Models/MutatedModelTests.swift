import Layers
import Tensors
import TestSupport
import Testing

@testable import KerasFiles

/// Configurations with values that nobody expects: whatever they are, there is a network or an error.
@Suite struct MutatedModelTests {
    private static let oddities: [JSONValue] = [
        nil, true, false, 0, 1, -1, 2, 3, 7, 1_048_576, 1_048_577, .number(1e18), .number(-1e300),
        .number(.nan),
        .number(.infinity), .number(0.5), "", "same", "relu", "ReLU", "Dense", "Flatten", "picture", [], [1],
        [0, 0],
        [-1, -1], [3, 3], [[0, 9], [9, 0]], [nil, 2, 2, 1], [1, 2, 3], ["picture", 0, 0], [:], ["value": 3],
    ]

    /// The value with one of the values in it, any, replaced or taken away.
    private static func mutated(_ value: JSONValue, _ random: inout SeededRandom) -> JSONValue {
        let isLeaf = random.uniform() < 0.02
        switch value {
        case .array(var elements) where !elements.isEmpty && !isLeaf:
            let index = Int(random.uniform() * Float(elements.count)) % elements.count
            if random.uniform() < 0.05 {
                elements.remove(at: index)
            } else {
                elements[index] = mutated(elements[index], &random)
            }
            return .array(elements)
        case .object(var members) where !members.isEmpty && !isLeaf:
            let names = members.keys.sorted()
            let name = names[Int(random.uniform() * Float(names.count)) % names.count]
            members[name] = random.uniform() < 0.05 ? nil : mutated(members[name]!, &random)
            return .object(members)
        default: return oddities[Int(random.uniform() * Float(oddities.count)) % oddities.count]
        }
    }

    private static func configurations() throws -> [JSONValue] {
        let network = try EveryLayer.network().0
        let own = try [ModelConfigWriter.Dialect.keras2, .keras3].map { dialect in
            try ModelConfigWriter(dialect: dialect).model(
                ModelTree(network),
                for: "f")
        }
        let keras = try [
            "keras1.h5", "keras2_teachable_machine.h5", "keras3_transfer.keras", "keras3_colliding.keras",
            "keras3_plain_sequential.h5",
        ].map { try #require(WeightsFile(ExpectedOutputs.path($0)).config).json }
        return own + keras
    }

    @Test func `A changed configuration gives a network or an error that names the file`() throws {
        var random = SeededRandom(seed: 20_240)
        var (networks, errors) = (0, 0)
        for configuration in try Self.configurations() {
            for _ in 0..<600 {
                var changed = configuration
                for _ in 0..<(1 + Int(random.uniform() * 3)) { changed = Self.mutated(changed, &random) }
                do {
                    let description = try ModelConfigReader(file: "f").model(changed)
                    let flat = try ModelFlattening.flatten(description, file: "f")
                    let network = try NetworkAssembly(file: "f", kerasMajor: 2).build(flat)
                        .network
                    networks += 1
                    // Networks that are small enough are computed as well.
                    let sizes = network.nodes.map(\.outputShape.elementCount) + [network.parameterCount]
                    guard networks.isMultiple(of: 20), sizes.max()! < 100_000 else { continue }
                    let plan = try ExecutionPlan(network, batchSize: 1)
                    let output = try plan.forward(
                        Tensor(zeros: network.inputShape.batched(1)), network.initialParameters(seed: 1))
                    #expect(output.shape == network.outputShape.batched(1))
                } catch let error as KerasFileError {
                    errors += 1
                    #expect("\(error)".hasPrefix("f: "))
                }
            }
        }
        #expect(networks > 500 && errors > 500)
    }
}
