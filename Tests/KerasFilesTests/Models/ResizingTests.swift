import Foundation
import KerasFiles
import Layers
import Tensors
import TestSupport
import Testing

/// Models that resize pictures; see `Tests/Fixtures/keras_files/make_resizing.py`.
@Suite struct ResizingTests {
    @Test(arguments: [
        "resizing.keras", "resizing_keras2.h5", "proportions.keras", "proportions_keras2.h5",
    ])
    func `Pictures are resized in every way that Keras has`(name: String) throws {
        let model = try ModelFile(ExpectedOutputs.path(name)).model()
        #expect(try ExpectedOutputs.difference(of: model, from: name, in: "resizing") < 1e-5)
    }

    @Test(arguments: ["proportions.keras", "proportions_keras2.h5"], ["keras", "h5"])
    func `What becomes of other proportions is written`(name: String, ending: String) throws {
        try Fixtures.withTemporaryFolder { folder in
            let model = try ModelFile(ExpectedOutputs.path(name)).model()
            let path = folder.appendingPathComponent("again.\(ending)").path
            try ModelWriter(model).write(model.parameters, to: path)
            let again = try ModelFile(path).model()
            #expect(try ExpectedOutputs.difference(of: again, from: name, in: "resizing") < 1e-5)
        }
    }

    @Test func `Ways of resizing are written, those that Keras 3 has not for Keras 2 alone`() throws {
        try Fixtures.withTemporaryFolder { folder in
            let model = try ModelFile(ExpectedOutputs.path("resizing.keras")).model()
            let path = folder.appendingPathComponent("again.keras").path
            try ModelWriter(model).write(model.parameters, to: path)
            let again = try ModelFile(path).model()
            #expect(try ExpectedOutputs.difference(of: again, from: "resizing.keras", in: "resizing") < 1e-5)
            let old = try ModelFile(ExpectedOutputs.path("resizing_keras2.h5")).model()
            let error = #expect(throws: KerasFileError.self) {
                try ModelWriter(old).write(old.parameters, to: path)
            }
            #expect(error?.description.contains("'gaussian'") == true)
            try ModelWriter(old).write(old.parameters, to: folder.appendingPathComponent("old.h5").path)
        }
    }
}
