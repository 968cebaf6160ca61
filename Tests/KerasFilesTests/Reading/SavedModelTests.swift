import Foundation
import KerasFiles
import TestSupport
import Testing

@Suite struct SavedModelTests {
    private func withFolder(_ files: [String], _ body: (String) throws -> Void) throws {
        try Fixtures.withTemporaryFolder { folder in
            for name in files { try Data([8, 1]).write(to: folder.appending(path: name)) }
            try body(folder.path(percentEncoded: false))
        }
    }

    private func message(_ path: String) -> String {
        do {
            _ = try WeightsFile(path)
            return "no error"
        } catch { return "\(error)" }
    }

    @Test func `A SavedModel of Keras 2 is refused with two lines of Python that make a file of it`() throws {
        try withFolder(["saved_model.pb", "keras_metadata.pb"]) { folder in
            let name = folder.hasSuffix("/") ? String(folder.dropLast()) : folder
            let lines = message(folder).split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
            #expect(lines[0].contains("found TensorFlow's SavedModel; write it as one file with Keras 2"))
            #expect(lines[1] == "import tf_keras")
            #expect(lines[2] == "tf_keras.models.load_model(\"\(name)\").save(\"\(name).keras\")")
            // Its files are no better.
            #expect(message("\(name)/saved_model.pb").hasPrefix("\(name): expected one file"))
            #expect(message("\(name)/keras_metadata.pb").hasPrefix("\(name): expected one file"))
        }
    }

    @Test func `A SavedModel without a Keras model in it is refused otherwise`() throws {
        try withFolder(["saved_model.pb"]) { folder in
            #expect(message(folder).contains("it has no keras_metadata.pb"))
        }
    }

    @Test func `Another folder is a folder`() throws {
        try withFolder(["x.h5"]) { folder in #expect(message(folder).contains("a folder")) }
    }
}
