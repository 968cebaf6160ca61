import Foundation
import TestSupport
import Tensors
import Testing

@testable import Training

/// A loss of given logits and what Keras or PyTorch made of it; see `Tests/Fixtures/losses/make.py`.
struct LossCase: Decodable, CustomTestStringConvertible, Sendable {
    private struct File: Decodable {
        var logits: [Float]
        var shape: [Int]
        var cases: [LossCase]
    }

    var name: String
    var kind: String
    var targets: [Float]
    var loss: Double
    var gradient: [Double]
    var classWeights: [Float]?
    var positiveWeights: [Float]?
    var labelSmoothing: Float
    var alpha: [Float]?
    var gamma: Float?
    private var logits: [Float]?
    private var shape: [Int]?

    /// A fixture of an unknown kind.
    struct UnknownKind: Error { var kind: String }

    var testDescription: String { "\(name), smoothing \(labelSmoothing), alpha \(alpha ?? [])" }
    var expectedLoss: Double { loss }
    var logitsTensor: Tensor { Tensor(logits ?? [], shape: Shape(shape ?? [])) }
    var targetsTensor: Tensor { Tensor(targets, shape: Shape(shape ?? [])) }

    func tested() throws -> Loss {
        let function: Loss.Function =
            switch kind {
            case "categorical_crossentropy": .categoricalCrossEntropy
            case "categorical_focal_crossentropy":
                .categoricalFocalCrossEntropy(FocalCrossEntropy(alpha: alpha ?? [], gamma: gamma ?? 0))
            case "binary_crossentropy":
                .binaryCrossEntropy(BinaryCrossEntropy(positiveWeights: positiveWeights))
            default: throw UnknownKind(kind: kind)
            }
        return Loss(function, classWeights: classWeights, labelSmoothing: labelSmoothing)
    }

    static func all() throws -> [LossCase] {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        let file = try decoder.decode(File.self, from: Data(contentsOf: Fixtures.url("losses/losses.json")))
        return file.cases.map { expected in
            var expected = expected
            (expected.logits, expected.shape) = (file.logits, file.shape)
            return expected
        }
    }
}
