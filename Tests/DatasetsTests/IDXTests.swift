import Datasets
import Foundation
import TestSupport
import Testing

@Suite struct IDXTests {
    private static let debian = "/usr/share/datasets/fashion-mnist"

    @Test func `Plain and compressed files are read, with their splits`() throws {
        let dataset = try Dataset.idx(DatasetsFixture.path("idx"))
        #expect(dataset.classNames == (0...9).map(String.init))
        #expect(dataset.counts(in: .train).reduce(0, +) == 12)
        #expect(dataset.counts(in: .test) == Array(repeating: 1, count: 10))
        #expect(dataset.samples[0].identifier == "train-images-idx3-ubyte:0")
        #expect(dataset.samples[13].identifier == "t10k-images-idx3-ubyte:1")
        #expect(dataset.samples[0].label == 9)
        let images = try DatasetsFixture.load().idx.map(\.image)
        #expect(try dataset.samples.map { try $0.image() } == images)
    }

    @Test func `Names may be given, and must be enough`() throws {
        let names = (0..<10).map { "class \($0)" }
        #expect(try Dataset.idx(DatasetsFixture.path("idx"), classNames: names).classNames == names)
        let error = #expect(throws: DatasetError.self) {
            try Dataset.idx(DatasetsFixture.path("idx"), classNames: ["a", "b"])
        }
        #expect("\(error!)".contains("labels below 2"))
    }

    private func withChange(
        _ file: String, _ change: (inout Data) -> Void, _ body: (String) throws -> Void
    ) throws {
        let names = ["t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte"]
        let compressed = ["train-images-idx3-ubyte.gz", "train-labels-idx1-ubyte.gz"]
        try PictureTree.with((names + compressed).map { "\($0)=idx/\($0)" }) { root in
            let url = URL(filePath: root).appending(path: file)
            var data = try Data(contentsOf: url)
            change(&data)
            try data.write(to: url)
            try body(root)
        }
    }

    private func expectError(_ file: String, _ part: String, _ change: (inout Data) -> Void) throws {
        try withChange(file, change) { root in
            let error = #expect(throws: DatasetError.self) { try Dataset.idx(root) }
            #expect("\(error!)".contains(part) && "\(error!)".contains(file), "\(error!)")
        }
    }

    @Test func `Damaged files are refused`() throws {
        try expectError("t10k-images-idx3-ubyte", "120 bytes of data, found 119") { $0.removeLast() }
        try expectError("t10k-images-idx3-ubyte", "found more data") { $0.append(0) }
        try expectError("t10k-images-idx3-ubyte", "begins with 0 0 8 3") { $0[2] = 9 }
        try expectError("t10k-images-idx3-ubyte", "at most") { $0[4] = 0xFF }
        try expectError("t10k-labels-idx1-ubyte", "10 labels, as many as pictures, found 9") {
            $0[7] = 9
            $0.removeLast()
        }
        try expectError("t10k-labels-idx1-ubyte", "labels below 10") { $0[12] = 10 }
        try expectError("train-images-idx3-ubyte.gz", "gz: damaged gzip data: unexpected end of file") {
            $0.removeLast(20)
        }
        try expectError("train-images-idx3-ubyte.gz", "damaged gzip data") { $0[$0.count - 6] ^= 1 }
    }

    @Test func `A folder without such files says what it wants`() throws {
        try PictureTree.with(["other.bin"]) { root in
            let error = #expect(throws: DatasetError.self) { try Dataset.idx(root) }
            #expect("\(error!)".contains("expected train-images-idx3-ubyte"))
        }
        try PictureTree.with(["t10k-images-idx3-ubyte=idx/t10k-images-idx3-ubyte"]) { root in
            let error = #expect(throws: DatasetError.self) { try Dataset.idx(root) }
            #expect("\(error!)".contains("t10k-labels-idx1-ubyte: there is no such file"))
        }
    }

    @Test(
        .enabled(
            if: FileManager.default.fileExists(atPath: debian), "needs the package dataset-fashion-mnist"))
    func `Fashion-MNIST has 7,000 pictures of each class`() throws {
        let dataset = try Dataset.idx(Self.debian)
        #expect(dataset.name == "fashion-mnist")
        #expect(dataset.classNames == Dataset.fashionMNISTClassNames)
        #expect(dataset.counts(in: .train) == Array(repeating: 6000, count: 10))
        #expect(dataset.counts(in: .test) == Array(repeating: 1000, count: 10))
        let image = try dataset.samples[0].image()
        #expect(dataset.classNames[dataset.samples[0].label] == "Ankle boot")
        #expect(image.pixels.reduce(0) { $0 + Int($1) } == 76247)
    }
}
