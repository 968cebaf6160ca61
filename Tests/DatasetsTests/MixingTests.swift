import Foundation
import TestSupport
import Tensors
import Testing

@testable import Datasets

/// What torchvision made of given draws; see `Tests/Fixtures/mixing/make.py`.
private struct MixingFixture: Decodable {
    struct Case: Decodable {
        var ratio: Double
        var center: [Int]
        var inputs: [Float]
        var targets: [Float]
    }

    struct Erasing: Decodable {
        var area: Double
        var aspect: Double
        var extents: [Int]?
    }

    static let shape: Shape = [4, 6, 5, 3]
    var inputs: [Float]
    var labels: [Int]
    var mixup: [Case]
    var cutmix: [Case]
    var erasing: [Erasing]

    static func load() throws -> MixingFixture {
        try JSONDecoder().decode(Self.self, from: Data(contentsOf: Fixtures.url("mixing/mixing.json")))
    }

    func expect(_ mixture: Mixture, gives expected: Case) {
        let inputs = mixture.apply(to: Tensor(inputs, shape: Self.shape))
        let targets = mixture.apply(to: .classes(labels), classes: 4).dense(classes: 4)
        for (a, b) in zip(inputs.elements, expected.inputs) { #expect(abs(a - b) <= 1e-6) }
        for (a, b) in zip(targets.elements, expected.targets) { #expect(abs(a - b) <= 1e-6) }
    }
}

@Suite struct MixingTests {
    @Test func `Mixup and CutMix of given ratios, centres and partners are torchvision's`() throws {
        let fixture = try MixingFixture.load()
        for expected in fixture.mixup {
            fixture.expect(
                Mixture(partners: [3, 0, 1, 2], ratio: expected.ratio, box: nil), gives: expected)
        }
        for expected in fixture.cutmix {
            let box = Box(
                around: (expected.center[0], expected.center[1]), leaving: expected.ratio, ofHeight: 6,
                width: 5)
            let ratio = box.shareOutside(height: 6, width: 5)
            fixture.expect(Mixture(partners: [3, 0, 1, 2], ratio: ratio, box: box), gives: expected)
        }
    }

    @Test func `Ratios are of the beta distribution`() {
        for alpha in [0.05, 0.2, 1, 3] {
            var random = SeededRandom(seed: 9)
            let ratios = (0..<20_000).map { _ in random.beta(alpha) }
            #expect(ratios.allSatisfy { (0...1).contains($0) })
            let mean = ratios.reduce(0, +) / 20_000
            let variance = ratios.reduce(0) { $0 + ($1 - 0.5) * ($1 - 0.5) } / 20_000
            #expect(abs(mean - 0.5) < 0.012)
            #expect(abs(variance - 1 / (4 * (2 * alpha + 1))) < 0.004)
        }
    }

    @Test func `Batches are mixed, cut or left alone as often as is said`() {
        func draws(_ mixing: Mixing) -> (mixed: Int, cut: Int) {
            var random = SeededRandom(seed: 4)
            let all = (0..<2000).compactMap { _ in mixing.draw(&random, count: 3, input: [8, 8, 1]) }
            #expect(all.allSatisfy { $0.partners.sorted() == [0, 1, 2] })
            return (all.count, all.count { $0.box != nil })
        }
        #expect(draws(Mixing()) == (0, 0))
        #expect(draws(Mixing(mixup: 0.2)) == (2000, 0))
        #expect(draws(Mixing(cutmix: 1)) == (2000, 2000))
        let both = draws(Mixing(mixup: 0.2, cutmix: 1, probability: 0.5, switchProbability: 0.25))
        #expect(abs(both.mixed - 1000) < 100 && abs(both.cut - 250) < 60)
    }

    @Test func `Several labels stay indicators when they are mixed`() {
        let targets = Targets.indicators(Tensor([1, 0, 1, 1], shape: [2, 2]))
        let mixed = Mixture(partners: [1, 0], ratio: 0.75, box: nil).apply(to: targets, classes: 2)
        #expect(mixed == .indicators(Tensor([1, 0.25, 1, 0.75], shape: [2, 2])))
    }

    @Test func `Varied batches do not depend on the threads or on where the epoch begins`() throws {
        let dataset = Self.faces(10)
        func batches(threads: Int, from first: Int = 0, epoch: Int = 1) throws -> [Batch] {
            let variation = BatchVariation(
                erasing: RandomErasing(probability: 1, value: .random), mixing: Mixing(mixup: 1, cutmix: 1))
            let loader = try BatchLoader(
                dataset, indices: Array(dataset.samples.indices), batchSize: 3, input: [8, 8, 1],
                scaling: .unit, variation: variation, shuffles: true, seed: 5, threads: threads)
            let iterator = loader.batches(epoch: epoch, from: first)
            var batches: [Batch] = []
            while let batch = try iterator.next() { batches.append(batch) }
            return batches
        }
        let whole = try batches(threads: 1)
        let (threaded, rest) = (try batches(threads: 3), try batches(threads: 2, from: 1))
        #expect(whole.map(\.inputs) == threaded.map(\.inputs))
        #expect(whole.map(\.targets) == threaded.map(\.targets))
        #expect(whole.dropFirst().map(\.inputs) == rest.map(\.inputs))
        #expect(whole.dropFirst().map(\.targets) == rest.map(\.targets))
        #expect(try batches(threads: 1, epoch: 2).map(\.inputs) != whole.map(\.inputs))
        #expect(whole.contains { if case .distributions = $0.targets { true } else { false } })
    }

    /// Grey pictures of noise, in two classes.
    private static func faces(_ count: Int) -> Dataset {
        var random = SeededRandom(seed: 8)
        let pixels = (0..<count * 64).map { _ in UInt8(255 * random.uniform()) }
        let store = ImageStore(height: 8, width: 8, pixels: pixels)
        return Dataset(
            name: "noise", classNames: ["a", "b"],
            samples: (0..<count).map {
                Sample(
                    identifier: "\($0)", label: $0 % 2, split: nil, source: .memory(store, position: $0))
            })
    }
}

@Suite struct RandomErasingTests {
    @Test func `Parts of given areas have torchvision's extents`() throws {
        for expected in try MixingFixture.load().erasing {
            let found = RandomErasing.extents(expected.area, expected.aspect, 24, 32)
            #expect(found.map { [$0.height, $0.width] } == expected.extents)
        }
    }

    @Test func `Parts lie in the picture and have areas and ratios within the bounds`() {
        let rule = RandomErasing(scale: 0.1...0.2, ratio: 0.5...2)
        var random = SeededRandom(seed: 2)
        for _ in 0..<500 {
            guard let box = rule.draw(&random, height: 60, width: 80) else { continue }
            #expect(0..<60 ~= box.rows.lowerBound && box.rows.upperBound <= 60)
            #expect(0..<80 ~= box.columns.lowerBound && box.columns.upperBound <= 80)
            let area = Double(box.rows.count * box.columns.count) / 4800
            #expect((0.09...0.215).contains(area))
            #expect((0.47...2.1).contains(Double(box.rows.count) / Double(box.columns.count)))
        }
    }

    @Test func `As many pictures are erased as is said, with the value that is said`() {
        let rule = RandomErasing(probability: 0.3, value: .constant([7, 8, 9]))
        var inputs = Tensor(zeros: [200, 8, 8, 3])
        rule.apply(to: &inputs, Array(0..<200), seed: 1, epoch: 0)
        let pictures = (0..<200).map { inputs.elements[$0 * 192..<($0 + 1) * 192] }
        let erased = pictures.filter { $0.contains { $0 != 0 } }
        #expect(abs(erased.count - 60) < 20)
        #expect(erased.allSatisfy { Set($0) == [0, 7, 8, 9] })
    }
}
