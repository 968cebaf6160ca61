import Datasets
import Tensors
import Testing

@Suite struct AugmentationTests {
    private let image = Image(height: 9, width: 9, channels: 1, pixels: (0..<81).map { UInt8($0 * 3) })

    @Test func `A variant depends on seed, epoch and sample, and on nothing else`() {
        let augmentation = Augmentation(horizontalFlip: true, rotation: 20)
        func variant(_ seed: UInt64, _ epoch: Int, _ sample: Int) -> Image {
            augmentation.apply(to: image, seed: seed, epoch: epoch, sample: sample)
        }
        #expect(variant(1, 2, 3) == variant(1, 2, 3))
        #expect(variant(1, 2, 3) != variant(1, 2, 4))
        #expect(variant(1, 2, 3) != variant(1, 3, 3))
        #expect(variant(1, 2, 3) != variant(2, 2, 3))
    }

    @Test func `About half of the pictures are mirrored`() {
        let augmentation = Augmentation(horizontalFlip: true)
        let variants = (0..<1000).map { augmentation.apply(to: image, seed: 1, epoch: 0, sample: $0) }
        #expect(variants.allSatisfy { $0 == image || $0 == image.mirrored })
        // Five standard deviations of a fair coin.
        #expect(abs(variants.count { $0 == image } - 500) < 80)
    }

    @Test func `Angles are spread evenly within their limits`() {
        // The value of a ramp at a fixed place tells the angle.
        let ramp = Image(
            height: 101, width: 101, channels: 1, pixels: (0..<10201).map { UInt8($0 % 101 * 2) })
        let step = RandomRotation(degrees: 10)
        var random = SeededRandom(seed: 4)
        let values = (0..<400).map { _ in Int(step.apply(to: ramp, using: &random).pixels[10 * 101 + 50]) }
        let extremes = [10, -10].map { Int(ramp.rotated(degrees: $0).pixels[10 * 101 + 50]) }.sorted()
        #expect(extremes[0] < 100 && extremes[1] > 100)
        #expect(values.allSatisfy { (extremes[0]...extremes[1]).contains($0) })
        #expect(values.contains { $0 - extremes[0] <= 1 } && values.contains { extremes[1] - $0 <= 1 })
        #expect(abs(values.reduce(0, +) / values.count - 100) <= 2)
    }

    @Test func `Without steps a picture stays as it is`() {
        #expect(Augmentation().apply(to: image, seed: 1, epoch: 0, sample: 0) == image)
    }
}
