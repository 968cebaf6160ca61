import Tensors
import Testing

@testable import Datasets

@Suite struct AugmentationStepTests {
    private let image = Image(
        height: 12, width: 10, channels: 3,
        pixels: (0..<360).map { index -> UInt8 in
            let value: Int = index * 7 + index / 30 * 13
            return UInt8(value % 256)
        })

    @Test func `A range is drawn from evenly, as often as its probability says`() {
        let range = RandomRange(-2...6, probability: 0.7)
        var random = SeededRandom(seed: 3)
        let draws = (0..<4000).map { _ in range.draw(using: &random) }
        let values = draws.compactMap(\.self)
        // Five standard deviations each.
        #expect(abs(Double(values.count) / 4000 - 0.7) < 0.037)
        for quarter in 0..<4 {
            let part = -2 + 2 * Double(quarter)..<2 * Double(quarter)
            let share = Double(values.count { part.contains($0) }) / Double(values.count)
            #expect(abs(share - 0.25) < 0.042)
        }
        #expect(values.allSatisfy { (-2...6).contains($0) })
    }

    @Test func `Parts are within their scale and ratio, and lie everywhere`() {
        let step = RandomResizedCrop(scale: 0.2...0.5, ratio: 0.5...2)
        var random = SeededRandom(seed: 1)
        let maps = (0..<2000).map { _ in step.map(height: 90, width: 120, using: &random) }
        let parts = maps.compactMap(\.region)
        #expect(parts.count == 2000)
        let shares = parts.map { Double($0.rows.count * $0.columns.count) / 10800 }
        let ratios = parts.map { Double($0.columns.count) / Double($0.rows.count) }
        #expect(shares.allSatisfy { (0.19...0.51).contains($0) })
        #expect(ratios.allSatisfy { (0.48...2.1).contains($0) })
        // Uniform shares have the mean 0.35 and the deviation 0.087; large wide parts, which do not fit, are
        // drawn again.
        #expect(abs(shares.reduce(0, +) / 2000 - 0.345) < 0.015)
        // Logarithms of ratios are drawn evenly.
        #expect(abs(Double(ratios.count { $0 < 1 }) / 2000 - 0.5) < 0.07)
        #expect(parts.contains { $0.rows.lowerBound == 0 } && parts.contains { $0.rows.upperBound == 89 })
        #expect(
            parts.contains { $0.columns.lowerBound == 0 } && parts.contains { $0.columns.upperBound == 119 })
    }

    @Test func `Where no part fits, the middle is taken`() {
        var random = SeededRandom(seed: 1)
        let map = RandomResizedCrop(scale: 1...1, ratio: 3...4).map(height: 40, width: 60, using: &random)
        #expect(map.region == .init(columns: 0...59, rows: 10...29))
    }

    @Test func `Moves are drawn on their own for each direction`() {
        let step = RandomTranslation(down: -0.1...0.1, right: 0...0.5)
        var random = SeededRandom(seed: 1)
        let maps = (0..<1000).map { _ in step.map(height: 100, width: 10, using: &random) }
        #expect(maps.allSatisfy { abs($0.yOffset) <= 10 && (-5...0).contains($0.xOffset) })
        #expect(maps.contains { $0.yOffset > 9 } && maps.contains { $0.yOffset < -9 })
        #expect(maps.contains { $0.xOffset < -4.5 } && maps.contains { $0.xOffset > -0.5 })
    }

    @Test func `Noise has its deviation and no bias`() {
        let grey = Image(height: 100, width: 100, channels: 1, pixels: [UInt8](repeating: 128, count: 10000))
        var random = SeededRandom(seed: 2)
        let noisy = RandomNoise(deviation: RandomRange(0.1...0.1)).apply(to: grey, using: &random)
        let errors = noisy.pixels.map { Double($0) - 128 }
        let deviation = (errors.reduce(0) { $0 + $1 * $1 } / 10000).squareRoot()
        // A deviation of 25.5 in 10,000 values: means scatter by 0.26, deviations by 0.18.
        #expect(abs(errors.reduce(0, +) / 10000) < 1.3)
        #expect(abs(deviation - 25.5) < 0.9)
    }

    @Test func `RandAugment draws each of its operations about as often, in both directions`() {
        // Operations can be told by what they make of a picture.
        let kinds = RandAugmentOperation.Kind.allCases
        let step = RandAugment(operationCount: 1, magnitude: 20)
        var counts: [[UInt8]: Int] = [:]
        var random = SeededRandom(seed: 9)
        for _ in 0..<2800 { counts[step.apply(to: image, using: &random).pixels, default: 0] += 1 }
        for kind in kinds {
            let results = Set(pictures(of: kind))
            let alike = kinds.count { !results.isDisjoint(with: pictures(of: $0)) }
            let drawn = results.map { counts[$0] ?? 0 }
            // 200 of 2,800 each, with a deviation of 14.
            #expect(abs(drawn.reduce(0, +) - 200 * alike) < 75 * alike, "\(kind)")
            #expect(drawn.allSatisfy { $0 > 55 }, "\(kind)")
        }
    }

    private func pictures(of kind: RandAugmentOperation.Kind) -> [[UInt8]] {
        [true, false].map { isNegative in
            RandAugmentOperation(kind, strength: 20.0 / 30, isNegative: isNegative)
                .apply(to: image, fill: .nearest).pixels
        }
    }

    @Test func `Steps that move pixels are composed: a turn and its opposite leave the picture sharp`() {
        let there = RandomRotation(degrees: RandomRange(30...30))
        let back = RandomRotation(degrees: RandomRange(-30 ... -30))
        let result = Augmentation([there, back]).apply(to: image, seed: 0, epoch: 0, sample: 0)
        #expect(result.greatestDifference(from: image)! <= 1)
    }

    @Test func `Composed steps are those one after the other, but for what interpolation blurs`() {
        // A smooth picture, which interpolation hardly blurs.
        let smooth = Image(
            height: 40, width: 40, channels: 1,
            pixels: (0..<1600).map { index -> UInt8 in
                let (row, column): (Int, Int) = (index / 40 - 20, index % 40 - 20)
                return UInt8(128 + column * 3 + row * 2)
            })
        let steps: [any AugmentationStep] = [
            RandomResizedCrop(scale: 0.7...0.9), RandomFlip(probability: 1),
            RandomRotation(degrees: RandomRange(20...20)), RandomShear(degrees: RandomRange(5...5)),
            RandomZoom(factor: RandomRange(1.2...1.2)), RandomTranslation(down: 0.1...0.1, right: -0.2...0),
        ]
        let composed = Augmentation(steps).apply(to: smooth, seed: 1, epoch: 2, sample: 3)
        var single = smooth
        for (position, step) in steps.enumerated() {
            var random = SeededRandom(seed: 1, stream: RandomStream.augmentation, 2, 3, position)
            single = step.apply(to: single, using: &random)
        }
        // At the edges, a resampling each shows what the one before filled in.
        let differences = (0..<400).map { index in
            let place = (10 + index / 20) * 40 + 10 + index % 20
            return abs(Int(composed.pixels[place]) - Int(single.pixels[place]))
        }
        #expect(differences.max()! <= 2)
        #expect(composed != smooth)
    }

    @Test func `Colours stay on grey pictures what they are`() {
        let grey = image.grey
        #expect(grey.saturated(by: 0.2) == grey)
        #expect(grey.hueShifted(by: 0.3) == grey)
        var random = SeededRandom(seed: 2)
        #expect(RandomGrey(probability: 1).apply(to: grey, using: &random) == grey)
        let colourless = RandomGrey(probability: 1).apply(to: image, using: &random)
        #expect(colourless == image.grey.rgb)
    }
}
