import Datasets
import Foundation
import Tensors
import Testing

@Suite struct ImageConversionTests {
    @Test func `Grey is Pillow's luma`() throws {
        let luma = try DatasetsFixture.load().luma
        #expect(luma.source.image.grey == luma.result.image)
    }

    @Test func `Grey is repeated for colours, and comes back`() throws {
        let grey = try DatasetsFixture.load().luma.result.image
        #expect(grey.rgb.channels == 3)
        #expect(grey.rgb.pixels.prefix(3).allSatisfy { $0 == grey.pixels[0] })
        #expect(grey.rgb.grey == grey)
        #expect(grey.rgb.rgb == grey.rgb)
    }

    @Test func `Resized pictures are Pillow's, to the last bit`() throws {
        for resizing in try DatasetsFixture.load().resized {
            let source = resizing.source.image
            for expected in resizing.results {
                let found = source.resized(height: expected.height, width: expected.width)
                #expect(
                    found.greatestDifference(from: expected.image) == 0,
                    "\(source.height) × \(source.width) to \(expected.height) × \(expected.width)")
            }
        }
    }

    @Test func `Fitting converts first, and leaves grey pictures grey`() throws {
        let color = try DatasetsFixture.load().luma.source.image
        #expect(color.fitted(to: [4, 5, 1]) == color.grey.resized(height: 4, width: 5))
        #expect(color.fitted(to: [4, 5, 3]) == color.resized(height: 4, width: 5))
        #expect(color.grey.fitted(to: [4, 5, 3]) == color.grey.resized(height: 4, width: 5))
        #expect(color.grey.fitted(to: [4, 5, 3]).rgb == color.grey.rgb.resized(height: 4, width: 5))
    }

    @Test func `Rotated pictures are SciPy's, rounded`() throws {
        for rotation in try DatasetsFixture.load().rotated {
            let found = rotation.source.image.rotated(degrees: rotation.degrees)
            let differences = zip(found.pixels, rotation.values).map { abs(Float($0) - $1) }
            #expect(differences.max()! < 0.505, "\(rotation.degrees) degrees")
        }
    }

    @Test func `Mirroring swaps the pixels of a row, not their channels`() {
        let image = Image(height: 2, width: 2, channels: 3, pixels: Array(0..<12))
        #expect(image.mirrored.pixels == [3, 4, 5, 0, 1, 2, 9, 10, 11, 6, 7, 8])
        #expect(image.mirrored.mirrored == image)
    }
}
