import Foundation
import KerasFiles
import Layers
import Tensors
import TestSupport
import Testing

/// Keras 1's transposed convolutions; see `Tests/Fixtures/keras_files/make_deconvolutions.py`.
@Suite struct DeconvolutionTests {
    private static let files = ["deconvolution_tf.h5", "deconvolution_th.h5", "deconvolution_theano.h5"]

    @Test(arguments: files)
    func `A transposed convolution of Keras 1 computes what Keras 2 makes of its weights`(name: String) throws
    {
        let model = try ModelFile(ExpectedOutputs.path(name)).model()
        #expect(try ExpectedOutputs.difference(of: model, from: name, in: "deconvolutions") < 1e-5)
        let paddings = model.network.nodes.compactMap { ($0.layer as? Conv2DTranspose)?.outputPadding }
        #expect(paddings == [Pair(1, 0), Pair(0, 1)])
        let order = name.contains("tf") ? "[H, W, in, out], as of Keras 1" : "[out, in, H, W], as of Theano"
        #expect(model.report.converted.contains("valid/kernel: \(order)"))
    }

    @Test func `A transposed convolution of Keras 1 is written for Keras 3`() throws {
        let model = try ModelFile(ExpectedOutputs.path(Self.files[0])).model()
        let again = try Fixtures.withTemporaryFolder { folder in
            let path = folder.appendingPathComponent("again.keras").path
            try ModelWriter(model).write(model.parameters, to: path)
            return try ModelFile(path).model()
        }
        let difference = try ExpectedOutputs.difference(
            of: again, from: Self.files[0], in: "deconvolutions")
        #expect(difference < 1e-5)
    }

    @Test func `A picture that no padding makes is refused with the layer's name`() throws {
        let layer = Conv2DTranspose("up", filters: 2, kernelSize: 3, strides: 2, padding: .same)
        #expect(try layer.padded(toMake: Pair(10, 7), of: [5, 4, 3]).outputPadding == Pair(1, 0))
        #expect(try layer.padded(toMake: Pair(10, 8), of: [5, 4, 3]).outputPadding == nil)
        let error = #expect(throws: LayerError.self) { try layer.padded(toMake: Pair(11, 8), of: [5, 4, 3]) }
        // Strides of any size take no time.
        let wide = Conv2DTranspose("up", filters: 1, kernelSize: 1, strides: Pair(1 << 20))
        #expect(throws: LayerError.self) { try wide.padded(toMake: 7, of: [5, 4, 3]) }
        #expect(error?.description.hasPrefix("layer 'up' (Conv2DTranspose)") == true)
        #expect(error?.description.contains("output shape") == true)
    }
}
