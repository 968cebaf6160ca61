import Architectures
import Foundation
import Layers
import Tensors
import Testing

/// Networks of full size with arrays from Keras's files; `Tests/Fixtures/oracle/run.sh` runs this for each.
@Suite(.enabled(if: OracleCase.folder != nil, "needs GRAFT_ORACLE, which Tests/Fixtures/oracle/run.sh sets"))
struct ArchitectureOracleTests {
    @Test func `A network from Keras's file gives Keras's logits and gradients`() throws {
        let folder = try #require(OracleCase.folder)
        let given = try OracleCase.load(from: folder)
        let result = try given.gradients == nil ? infer(given, folder) : train(given, folder)
        let encoder = JSONEncoder()
        encoder.nonConformingFloatEncodingStrategy = .convertToString(
            positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
        try encoder.encode(result).write(to: folder.appending(path: "result.json"))
        #expect(result.logits <= 1e-4)
        for (key, error) in result.gradients { #expect(error <= 1e-3, "\(key)") }
    }

    private func infer(_ given: OracleCase, _ folder: URL) throws -> OracleCase.Result {
        let network = try Architecture.named(given.network)
            .network(input: [given.size, given.size, 3], alpha: given.alpha)
        var mode = ExecutionPlan.Mode.inference
        mode.stopsBeforeSoftmax = true
        let plan = try ExecutionPlan(network, batchSize: given.batch, mode: mode)
        let logits = try plan.forward(
            pictures(given, folder), try given.parameters(of: network, in: folder))
        return OracleCase.Result(
            parameters: network.parameterCount, logits: try logitError(logits, given, folder))
    }

    private func train(_ given: OracleCase, _ folder: URL) throws -> OracleCase.Result {
        let network = try given.build()
        let parameters = try given.parameters(of: network, in: folder)
        let pictures = try pictures(given, folder)
        let plan = try given.plan(network)
        let logits = try plan.forward(pictures, parameters)
        try plan.backward(given.upstream(logits), input: pictures, parameters)

        var result = OracleCase.Result(
            parameters: network.parameterCount, logits: try logitError(logits, given, folder))
        let wanted = try #require(given.gradients)
        #expect(Set(plan.gradientKeys.map(\.description)) == Set(wanted.arrays.map(\.key)))
        let file = try NumberFile(folder.appending(path: wanted.file))
        let gradients = Dictionary(uniqueKeysWithValues: plan.gradientKeys.map { ($0.description, $0) })
        var offset = 0
        for array in wanted.arrays {
            let key = try #require(gradients[array.key])
            let found = try #require(plan.gradient(of: key))
            result.gradients[array.key] = distance(found, try file.tensor([array.count], at: offset))
            offset += array.count
        }
        return result
    }

    private func pictures(_ given: OracleCase, _ folder: URL) throws -> Tensor {
        try NumberFile(folder.appending(path: given.pictures))
            .tensor([given.batch, given.size, given.size, 3])
    }

    private func logitError(_ found: Tensor, _ given: OracleCase, _ folder: URL) throws -> Double {
        let wanted = try NumberFile(folder.appending(path: given.logits)).tensor(Shape(given.logitsShape))
        #expect(found.shape == wanted.shape)
        let differences = zip(found.elements, wanted.elements).map { abs(Double($0) - Double($1)) }
        guard differences.allSatisfy(\.isFinite) else { return .infinity }
        return (differences.max() ?? 0) / Double(wanted.elements.map(abs).max() ?? 1)
    }

    /// The norm of a difference, as a share of the wanted norm; absolute where that is zero but for
    /// rounding, as the gradient of a bias in front of a normalization is.
    private func distance(_ found: Tensor, _ wanted: Tensor) -> Double {
        guard found.elementCount == wanted.elementCount else { return .infinity }
        return found.withElements { found in
            wanted.withElements { wanted in
                var (square, norm) = (0.0, 0.0)
                for index in wanted.indices {
                    let difference = Double(found[index]) - Double(wanted[index])
                    square += difference * difference
                    norm += Double(wanted[index]) * Double(wanted[index])
                }
                guard square.isFinite else { return .infinity }
                return square.squareRoot() / (norm < 1e-20 ? 1 : norm.squareRoot())
            }
        }
    }
}
