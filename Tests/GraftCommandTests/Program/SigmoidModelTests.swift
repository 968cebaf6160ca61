import Foundation
import Graft
import TestSupport
import Testing

/// Whole Keras models that tell each class by itself, on the command line.
@Suite struct SigmoidModelTests {
    private let picture = Fixtures.path("datasets/images/rgb.png")

    /// A model whose scores are sigmoids of its last biases, whatever the picture.
    private func withModel(_ biases: [Float], _ body: (_ model: String, _ folder: URL) throws -> Void) throws
    {
        try Fixtures.withTemporaryFolder { folder in
            var network = NetworkBuilder("labels", input: [8, 8, 3])
            let pooled = try network.add(GlobalAveragePooling2D("pool"), to: network.input)
            let classes = try network.add(Dense("classes", units: biases.count), to: pooled)
            let scores = try network.add(Activation("sigmoid", .sigmoid), to: classes)
            let built = network.build(output: try network.add(Identity("out"), to: scores))
            var parameters = Parameters()
            parameters["classes", "kernel"] = Tensor(
                Array(repeating: 0, count: 3 * biases.count), shape: [3, biases.count])
            parameters["classes", "bias"] = Tensor(biases, shape: [biases.count])
            let path = folder.appending(path: "labels.keras").path
            try ModelWriter(built).write(parameters, to: path)
            try body(path, folder)
        }
    }

    @Test func `A model that ends with sigmoids tells all classes above a half, and it is said`() throws {
        try withModel([2, -2, 1]) { model, folder in
            let labels = folder.appending(path: "labels.txt")
            try "sea\ndog\nbeach\n".write(to: labels, atomically: true, encoding: .utf8)
            let outcome = try Program.graft(
                "predict", model, picture, "--preprocess", "unit", "--labels", labels.path, "--top", "1")
            #expect(outcome.status == 0, "\(outcome.error)")
            #expect(outcome.output.contains("sea 88.1 %  beach 73.1 %"), "\(outcome.output)")
            #expect(!outcome.output.contains("dog"))
            #expect(outcome.error.contains("ends with sigmoids and tells each class by itself"))
            let table = try Program.graft("predict", model, picture, "--preprocess", "unit", "--csv", "-")
            let lines = table.output.split(separator: "\n").map { $0.split(separator: ",") }
            #expect(lines[0] == ["file", "0", "1", "2"])
            let scores = lines[1].dropFirst().compactMap { Double($0) }
            #expect(zip(scores, [0.8807971, 0.1192029, 0.7310586]).allSatisfy { abs($0 - $1) < 1e-6 })
        }
    }

    @Test func `Where no class is above a half, that is said`() throws {
        try withModel([-2, -3]) { model, _ in
            let outcome = try Program.graft("predict", model, picture, "--preprocess", "unit")
            #expect(outcome.output.contains("none of the classes"))
        }
    }

    @Test func `Names must be as many as the model has classes`() throws {
        try withModel([2, -2, 1]) { model, folder in
            let labels = folder.appending(path: "labels.txt")
            try "sea\ndog\n".write(to: labels, atomically: true, encoding: .utf8)
            let outcome = try Program.graft(
                "predict", model, picture, "--preprocess", "unit", "--labels", labels.path)
            #expect(outcome.status == 2)
            #expect(outcome.error.contains("expected 3 lines, one an output of the model, found '2 lines"))
        }
    }

    @Test func `One sigmoid is no list of classes`() throws {
        try withModel([2]) { model, _ in
            let outcome = try Program.graft("predict", model, picture, "--preprocess", "unit")
            #expect(outcome.status == 0 && !outcome.error.contains("by itself"))
        }
    }
}
