import Foundation
import Tensors
import TestSupport
import Testing

@testable import Datasets

@Suite struct DuplicateTests {
    private struct Case: Decodable {
        var source: DatasetsFixture.Picture
        var bits: String
    }

    @Test func `Hashes are those of SciPy's cosine transform`() throws {
        let cases = try JSONDecoder().decode(
            [Case].self, from: Data(contentsOf: Fixtures.url("faces/hashes.json")))
        for item in cases {
            let bits = String(PerceptualHash(item.source.image).bits, radix: 2)
            #expect(String(repeating: "0", count: 64 - bits.count) + bits == item.bits)
        }
    }

    /// A picture of its own for each number, as smooth as photographs are.
    private func picture(_ number: Int, side: Int = 48, light: Double = 1) -> Image {
        var random = SeededRandom(seed: UInt64(number))
        let waves = (0..<6).map { _ -> [Double] in
            [random.number(in: 0...0.3), random.number(in: 0...0.3), random.number(in: 0...6)]
        }
        var pixels: [UInt8] = []
        for row in 0..<side {
            for column in 0..<side {
                let (y, x) = (Double(row * 48) / Double(side), Double(column * 48) / Double(side))
                var sum = 0.0
                for wave in waves { sum += sin(wave[0] * x + wave[1] * y + wave[2]) }
                let value = (sum * 20 + 128) * light
                pixels.append(UInt8(min(max(value, 0), 255)))
            }
        }
        return Image(height: side, width: side, channels: 1, pixels: pixels)
    }

    private func dataset(_ pictures: [(Image, Split)]) -> Dataset {
        let samples = pictures.enumerated().map { index, item in
            Sample(
                identifier: "\(index)", label: 0, split: item.1,
                source: .memory(
                    ImageStore(height: item.0.height, width: item.0.width, pixels: item.0.pixels), position: 0
                ))
        }
        return Dataset(name: "x", classNames: ["a"], samples: samples)
    }

    @Test func `Copies are found, resized and in another light too, and nothing else`() {
        var pictures = (0..<300).map { (picture($0), $0 < 200 ? Split.train : .validation) }
        pictures.append((picture(5), .test))
        pictures.append((picture(6, side: 64), .test))
        pictures.append((picture(7, light: 0.8), .test))
        pictures.append((picture(8, light: 0.9), .train))
        let pairs = dataset(pictures).duplicatesAcrossSplits()
        #expect(pairs.map(\.first) == [5, 6, 7])
        #expect(pairs.map(\.second) == [300, 301, 302])
        #expect(pairs.map(\.isExact) == [true, false, false])
        #expect(pairs[0].distance == 0 && pairs[0].correlation == 1)
        let check = DatasetCheck(dataset(pictures))
        #expect(check.duplicatesAcrossSplits == pairs)
        #expect(check.duplicatesWithinSplits.map(\.first) == [8])
        #expect(check.formats.map(\.count) == [303, 1])
    }

    /// Different clothes of Fashion-MNIST that are much alike; see `Tests/Fixtures/alike/make.py`.
    private func clothes() throws -> [Image] {
        let sheet = try Image(contentsOfFile: Fixtures.path("alike/alike.png"))
        return (0..<40).map { number in
            let (top, left) = (number / 8 * 28, number % 8 * 28)
            let pixels = (0..<28 * 28).map { sheet.pixels[(top + $0 / 28) * sheet.width + left + $0 % 28] }
            return Image(height: 28, width: 28, channels: 1, pixels: pixels)
        }
    }

    @Test func `Small pictures that are much alike are no duplicates, and copies of them are`() throws {
        let clothes = try clothes()
        var pictures = clothes.enumerated().map { ($1, $0 < 20 ? Split.train : .test) }
        let prints = PictureFingerprints(dataset(pictures)).all
        let alike = DuplicateSearch(differenceLimit: .infinity)
            .pairs(prints) { pictures[$0].1 != pictures[$1].1 }
        #expect(alike.count > 50, "they are alike by their hashes and correlations")
        #expect(dataset(pictures).duplicatesAcrossSplits() == [])
        let brighter = clothes[3].pixels.map { UInt8(min(255, Double($0) * 1.1)) }
        pictures.append((clothes[2], .test))
        pictures.append((Image(height: 28, width: 28, channels: 1, pixels: brighter), .test))
        let copies = dataset(pictures).duplicatesAcrossSplits()
        #expect(copies.map(\.first) == [2, 3] && copies.map(\.second) == [40, 41])
    }

    @Test(arguments: [21, 37, 56])
    func `Copies of small pictures in another size are found`(side: Int) throws {
        let clothes = try clothes()
        let copies = clothes.map { ($0.resized(height: side, width: side), Split.test) }
        let pairs = dataset(clothes.map { ($0, Split.train) } + copies).duplicatesAcrossSplits()
        for index in clothes.indices {
            #expect(pairs.contains { $0.first == index && $0.second == 40 + index }, "\(index)")
        }
    }

    @Test func `Recoded pictures are found`() throws {
        let names = ["rgb.png", "rgb.jpg", "rgb-422.jpg", "progressive.jpg"]
        try PictureTree.with(names.map { "a/\($0)=images/\($0)" } + ["b/1.png=images/grey.png"]) { root in
            let check = DatasetCheck(try Dataset.imageFolder(root))
            #expect(check.duplicatesWithinSplits.count == 6)
        }
    }

    @Test func `Files that were searched before are found in other splits without being decoded again`()
        throws
    {
        try Fixtures.withTemporaryFolder { folder in
            let numbers = [1, 2, 3, 2, 4, 1]
            let paths = try numbers.enumerated().map { index, number in
                let file = folder.appending(path: "\(index).png")
                try picture(number).png().write(to: file)
                return file.path
            }
            func dataset(_ order: [Int], _ splits: [Split]) -> Dataset {
                let samples = zip(order, splits).map { index, split in
                    Sample(identifier: "\(index)", label: 0, split: split, source: .file(paths[index]))
                }
                return Dataset(name: "x", classNames: ["a"], samples: samples)
            }
            let memory = FingerprintMemory()
            let first = dataset([0, 1, 2, 3, 4], [.train, .train, .train, .test, .test])
            // A file that is there twice is one that is there once, and once more.
            let second = dataset(
                [5, 4, 3, 3, 2, 1, 0], [.test, .test, .test, .train, .train, .train, .train])
            let (expected, others) = (first.duplicatesAcrossSplits(), second.duplicatesAcrossSplits())
            #expect(!expected.isEmpty && others.count > expected.count)
            #expect(first.duplicatesAcrossSplits(remembering: memory) == expected)
            for path in paths.dropLast() { try FileManager.default.removeItem(atPath: path) }
            #expect(second.duplicatesAcrossSplits(remembering: memory) == others)
        }
    }

    @Test func `Bands find every pair that comparing all with all does`() {
        // Hashes in clusters, with up to 10 bits turned.
        var random = SeededRandom(seed: 4)
        let even = Image(height: 1, width: 1, channels: 1, pixels: [9])
        let prints = (0..<400).map { index -> PictureFingerprint? in
            var cluster = SeededRandom(seed: UInt64(index % 40))
            var bits = cluster.next()
            for _ in 0..<random.index(below: 6) { bits ^= 1 << UInt64(random.index(below: 64)) }
            return PictureFingerprint(hash: PerceptualHash(bits: bits), of: even)
        }
        for limit in [0, 3, 8] {
            let search = DuplicateSearch(
                distanceLimit: limit, correlationLimit: -1, differenceLimit: .infinity)
            let found = search.pairs(prints) { _, _ in true }.map { [$0.0, $0.1] }
            var expected: [[Int]] = []
            for left in 0..<400 {
                for right in (left + 1)..<400
                where prints[left]!.hash.distance(to: prints[right]!.hash) <= limit {
                    expected.append([left, right])
                }
            }
            #expect(found == expected)
            #expect(limit == 0 || expected.count > 100)
        }
    }

    @Test func `Training pictures that are tested too are left out, with the reason`() {
        let all = dataset([
            (picture(1), .train), (picture(2), .train), (picture(1), .test), (picture(2), .validation),
            (picture(3), .validation), (picture(3), .test), (picture(4), .train),
        ])
        let kept = all.droppingFromTraining(all.duplicatesAcrossSplits())
        #expect(kept.samples.map(\.identifier) == ["2", "3", "4", "5", "6"])
        #expect(
            kept.skipped.map(\.reason) == [
                "0: left out of the training, as 2 is the same picture",
                "1: left out of the training, as 3 is the same picture",
            ])
    }

    @Test func `Broken pictures are listed, not compared`() throws {
        try PictureTree.with(["a/1.png=images/grey.png", "a/2.png", "b/1.png=images/grey.png"]) { root in
            let check = DatasetCheck(try Dataset.imageFolder(root))
            #expect(check.broken.map(\.identifier) == ["a/2.png"])
            #expect(check.duplicatesWithinSplits.count == 1)
        }
    }

    @Test func `Subjects on both sides are told`() {
        var samples = dataset([(picture(1), .train), (picture(2), .test), (picture(3), .test)])
        for (index, group) in ["x", "x", "y"].enumerated() { samples.samples[index].group = group }
        let check = DatasetCheck(samples)
        #expect(check.tornGroups == ["x"] && check.groupCount == 2)
    }
}
