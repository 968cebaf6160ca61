import Foundation
import TestSupport
import Testing

/// Whole Keras models on the command line.
@Suite struct ModelTests {
    private let model = Fixtures.path("keras_files/models/keras2_teachable_machine.h5")
    private let picture = Fixtures.path("datasets/images/rgb.png")

    @Test func `A Keras model classifies a picture, with the classes' names and every score`() throws {
        try Fixtures.withTemporaryFolder { folder in
            let labels = folder.appending(path: "labels.txt")
            try "0 paper\n1 glass\n2 metal\n".write(to: labels, atomically: true, encoding: .utf8)
            let outcome = try Program.graft(
                "predict", model, picture, "--labels", labels.path, "--preprocess", "tf", "--csv", "-")
            #expect(outcome.status == 0, "\(outcome.error)")
            let lines = outcome.output.split(separator: "\n").map { $0.split(separator: ",") }
            #expect(lines.map(\.count) == [4, 4])
            #expect(lines[0] == ["file", "paper", "glass", "metal"])
            let scores = lines[1].dropFirst().compactMap { Double($0) }
            #expect(abs(scores.reduce(0, +) - 1) < 1e-6)
        }
    }

    @Test func `A model of no known architecture is not scaled by guess`() throws {
        let outcome = try Program.graft("predict", model, picture)
        #expect(outcome.status == 2)
        #expect(outcome.error.contains("--preprocess needs a value"))
    }

    @Test(arguments: ["copy.keras", "copy.h5"])
    func `An exported model is a model again, with the same scores`(name: String) throws {
        try Fixtures.withTemporaryFolder { folder in
            let copy = folder.appending(path: name).path
            #expect(try Program.graft("export", model, "--to", copy).status == 0)
            let outputs = try [model, copy].map {
                try Program.graft("predict", $0, picture, "--preprocess", "unit", "--csv", "-").output
            }
            #expect(!outputs[0].isEmpty)
            #expect(outputs[0] == outputs[1])
        }
    }

    @Test func `Weights alone are not a model`() throws {
        let weights = Fixtures.path("keras_files/small.weights.h5")
        let outcome = try Program.graft("predict", weights, picture, "--preprocess", "tf")
        #expect(outcome.status == 1)
        #expect(outcome.error.contains("small.weights.h5"))
    }
}
