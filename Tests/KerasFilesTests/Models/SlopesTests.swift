import Foundation
import KerasFiles
import Layers
import TestSupport
import Testing

/// Layers whose activation is a `PReLU`, with arrays; see `Tests/Fixtures/keras_files/make_slopes.py`.
@Suite struct SlopesTests {
    @Test(arguments: ["slopes_keras2.h5", "slopes_keras2.keras", "slopes.keras"])
    func `Slopes of a layer's activation are found, and written`(name: String) throws {
        let model = try ModelFile(ExpectedOutputs.path(name)).model()
        #expect(try ExpectedOutputs.difference(of: model, from: name, in: "slopes") < 1e-5)
        #expect(model.report.leftOut.isEmpty)
        try Fixtures.withTemporaryFolder { folder in
            for ending in ["keras", "h5"] {
                let path = folder.appendingPathComponent("again.\(ending)").path
                try ModelWriter(model).write(model.parameters, to: path)
                let again = try ModelFile(path).model()
                #expect(try ExpectedOutputs.difference(of: again, from: name, in: "slopes") < 1e-5)
            }
        }
    }

    @Test func `Slopes that Keras 3 had not made yet are what is missing, and nothing else`() {
        let error = #expect(throws: KerasFileError.self) {
            _ = try ModelFile(ExpectedOutputs.path("slopes_lost.h5")).model()
        }
        let sentence = error?.description ?? ""
        #expect(
            sentence.contains("layer 'conv_same_name' (PReLU): the file has no such layer"), "\(sentence)")
        #expect(!sentence.contains("layer 'conv'"), "\(sentence)")
    }
}
