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

    @Test func `A folder's pictures are classified in order, as they are one by one`() throws {
        try Fixtures.withTemporaryFolder { folder in
            // More than a batch, in two folders, with what is no picture among them.
            let names = (10..<30).map { "a/\($0).png" } + (10..<30).map { "b/\($0).png" }
            for name in ["a", "b"] {
                try FileManager.default.createDirectory(
                    at: folder.appending(path: name), withIntermediateDirectories: true)
            }
            try Data("no picture".utf8).write(to: folder.appending(path: "a/notes.txt"))
            let kinds = ["rgb.png", "grey.png"].map { Fixtures.path("datasets/images/\($0)") }
            for (number, name) in names.enumerated() {
                try FileManager.default.copyItem(
                    atPath: kinds[number % 2], toPath: folder.appending(path: name).path)
            }
            func rows(_ pictures: [String]) throws -> [[Substring]] {
                let outcome = try Program.run(
                    Program.graft, ["predict", model] + pictures + ["--preprocess", "tf", "--csv", "-"])
                #expect(outcome.status == 0, "\(outcome.error)")
                return outcome.output.split(separator: "\n").dropFirst().map { $0.split(separator: ",") }
            }
            let whole = try rows([folder.path])
            #expect(whole.map { String($0[0]) } == names.map { "\(folder.path)/\($0)" })
            let singles = try kinds.map { try rows([$0])[0].dropFirst().compactMap { Double($0) } }
            for (number, row) in whole.enumerated() {
                let scores = row.dropFirst().compactMap { Double($0) }
                #expect(scores.count == 3)
                let differences = zip(scores, singles[number % 2]).map { abs($0 - $1) }
                #expect(differences.allSatisfy { $0 < 1e-6 }, "\(row)")
            }
            let empty = folder.appending(path: "empty")
            try FileManager.default.createDirectory(at: empty, withIntermediateDirectories: true)
            let nothing = try Program.graft("predict", model, empty.path, "--preprocess", "tf")
            #expect(nothing.status == 2 && nothing.error.contains("expected a picture, or a folder with"))
        }
    }

    @Test func `A model of no known architecture is not scaled by guess`() throws {
        let outcome = try Program.graft("predict", model, picture)
        #expect(outcome.status == 2)
        #expect(outcome.error.contains("--preprocess is needed: how pixels are scaled (caffe, tf, torch,"))
    }

    @Test func `What Keras 3 would lose in an h5 is said when one is written`() throws {
        let model = Fixtures.path("keras_files/models/axes_last.keras")
        try Fixtures.withTemporaryFolder { folder in
            func error(_ name: String) throws -> String {
                try Program.graft("export", model, "--to", folder.appending(path: name).path).error
            }
            let (old, new) = (try error("a.h5"), try error("a.keras"))
            #expect(old.contains("note: Keras 3 loses the axes of "), "\(old)")
            #expect(["'of_all'", "'softmax_of_two'"].allSatisfy(old.contains), "\(old)")
            #expect(!new.contains("axes of"))
        }
    }

    @Test func `A model that scales pixels itself gets them as they are, and it is said`() throws {
        let model = Fixtures.path("keras_files/models/scaling.keras")
        let outcome = try Program.graft("predict", model, picture, "--csv", "-")
        #expect(outcome.status == 0)
        #expect(outcome.error.contains("the model scales pixels itself, in layer 'scale': --preprocess none"))
        let told = try Program.graft("predict", model, picture, "--csv", "-", "--preprocess", "none")
        #expect(told.output == outcome.output && told.error.isEmpty)
    }

    @Test func `Labels, a table or a scaling that cannot be used are told before it begins`() throws {
        try Fixtures.withTemporaryFolder { folder in
            func write(_ text: [UInt8], _ name: String) throws -> String {
                let file = folder.appending(path: name)
                try Data(text).write(to: file)
                return file.path
            }
            func error(_ option: String, _ value: String) throws -> String {
                let outcome = try Program.graft("predict", model, picture, option, value)
                #expect(outcome.status == 2 && outcome.output.isEmpty, "\(outcome)")
                return outcome.error
            }
            let two = try write(Array("paper\nglass\n".utf8), "two.txt")
            #expect(
                try error("--labels", two).contains(
                    "expected 3 lines, one an output of the model, found '2 lines in \(two)'"))
            let bytes = try write([0xFF, 0xFE, 0x0A], "bytes.txt")
            #expect(try error("--labels", bytes).contains("expected a file of UTF-8 text, found '\(bytes)'"))
            let none = folder.appending(path: "none.txt").path
            #expect(try error("--labels", none).contains("expected a file that can be read, found '\(none)'"))
            let lost = folder.appending(path: "no/folder.csv").path
            #expect(try error("--csv", lost).contains("a file in a folder that is there, found '\(lost)'"))
            #expect(try error("--preprocess", "inception").contains("none, found 'inception'"))
        }
    }

    @Test func `A model that is not there is missed as a file, and a run as a folder`() throws {
        for (name, kind) in [("none.h5", "file"), ("none.keras", "file"), ("runs/none-001", "folder")] {
            let outcome = try Program.graft("predict", name, picture)
            #expect(outcome.status == 1)
            #expect(outcome.error.contains("\(name): there is no such \(kind)"), "\(outcome.error)")
        }
    }

    @Test func `A model without a list of classes is no classifier`() throws {
        let maps = Fixtures.path("keras_files/models/first_nested.keras")
        let outcome = try Program.graft("predict", maps, picture, "--preprocess", "tf")
        #expect(outcome.status == 1)
        #expect(outcome.error.contains("expected one list of numbers out, a number a class, found ["))
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
