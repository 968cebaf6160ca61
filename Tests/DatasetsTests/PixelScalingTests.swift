import Datasets
import Foundation
import Tensors
import Testing

@Suite struct PixelScalingTests {
    @Test(arguments: ["caffe", "tf", "torch"])
    func `Modes are those of Keras's preprocess_input`(mode: String) throws {
        let scaled = try DatasetsFixture.load().scaled
        let image = scaled.source.image
        let tensor = try PixelScaling.named(mode)
            .tensor(of: [image], input: [image.height, image.width, 3])
        #expect(tensor.shape == [1, image.height, image.width, 3])
        let expected = try #require(scaled.modes[mode])
        // Keras rounds after each of its two or three steps.
        let differences = zip(tensor.elements, expected).map { abs($0 - $1) / max(1, abs($1)) }
        #expect(differences.max()! < 5e-7)
    }

    @Test func `Grey levels are repeated for three channels`() throws {
        let grey = Image(height: 1, width: 2, channels: 1, pixels: [0, 255])
        #expect(
            PixelScaling.tf.tensor(of: [grey], input: [1, 2, 3]).elements == [-1, -1, -1, 1, 1, 1])
        #expect(
            PixelScaling.caffe.tensor(of: [grey], input: [1, 2, 3])
                == PixelScaling.caffe.tensor(of: [grey.rgb], input: [1, 2, 3]))
    }

    @Test func `One channel takes the mean of the constants`() throws {
        let grey = Image(height: 1, width: 3, channels: 1, pixels: [0, 51, 255])
        #expect(PixelScaling.unit.tensor(of: [grey], input: [1, 3, 1]).elements == [0, 0.2, 1])
        #expect(PixelScaling.none.tensor(of: [grey], input: [1, 3, 1]).elements == [0, 51, 255])
        let caffe = PixelScaling.caffe.tensor(of: [grey], input: [1, 3, 1])
        #expect(abs(caffe[0] + (103.939 + 116.779 + 123.68) / 3) < 1e-4)
    }

    @Test func `Scalings of one's own are checked`() throws {
        let image = Image(height: 1, width: 1, channels: 3, pixels: [10, 20, 30])
        let scaling = try PixelScaling(means: [1, 2, 3], deviations: [2], reversesChannels: true)
        #expect(scaling.tensor(of: [image], input: [1, 1, 3]).elements == [14.5, 9, 3.5])
        #expect(throws: DatasetError.self) { try PixelScaling(means: [1, 2], deviations: [1]) }
        #expect(throws: DatasetError.self) { try PixelScaling(means: [1], deviations: [1, 0, 1]) }
        #expect(throws: DatasetError.self) { try PixelScaling.named("keras") }
    }
}
