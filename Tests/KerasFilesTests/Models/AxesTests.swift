import Foundation
import KerasFiles
import Layers
import Tensors
import TestSupport
import Testing

/// Layers along any axes; see `Tests/Fixtures/keras_files/make_axes.py`.
@Suite struct AxesTests {
    private static let files = [
        "axes_first.h5", "axes_last.h5", "axes_last.keras", "axes_none.keras",
    ]

    @Test(arguments: files)
    func `Layers along any axes compute what Keras computes`(name: String) throws {
        let model = try ModelFile(ExpectedOutputs.path(name)).model()
        #expect(try ExpectedOutputs.difference(of: model, from: name, in: "axes") < 1e-5)
    }

    @Test func `Axes of pictures with the channels first become others, with their arrays`() throws {
        let model = try ModelFile(ExpectedOutputs.path("axes_first.h5")).model()
        func axes(_ name: String) -> [Int]? {
            (model.network.nodes.first { $0.name == name }?.layer as? LayerNormalization)?.axes
        }
        #expect(axes("of_all") == [1, 2, 3])
        #expect(axes("of_last_two") == [1, 2])
        #expect(axes("of_the_first") == [-1])
        #expect(axes("of_the_middle") == [1])
        // What would have its arrays turned, or gets pictures in two orders, stays as it is.
        #expect(axes("of_first_two") == [1, 2])
        #expect(axes("shared") == [1, 2, 3])
        #expect(model.report.converted.contains("of_all/gamma: [C, H, W]"))
        #expect(!model.report.converted.contains { $0.hasPrefix("shared/") })
    }

    @Test(arguments: files, ["keras", "h5"])
    func `Layers along any axes are written as they are`(name: String, ending: String) throws {
        let model = try ModelFile(ExpectedOutputs.path(name)).model()
        let again = try Fixtures.withTemporaryFolder { folder in
            let path = folder.appendingPathComponent("again.\(ending)").path
            try ModelWriter(model).write(model.parameters, to: path)
            return try ModelFile(path).model()
        }
        #expect(try ExpectedOutputs.difference(of: again, from: name, in: "axes") < 1e-5)
        #expect(again.notes.isEmpty)
    }
}
