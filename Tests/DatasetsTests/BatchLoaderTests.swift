import Foundation
import Tensors
import TestSupport
import Testing

@testable import Datasets

@Suite struct BatchLoaderTests {
    private func folder<Result>(_ body: (Dataset) throws -> Result) throws -> Result {
        let names = ["rgb.jpg", "grey.jpg", "rgb.png", "grey.png", "rgb.tif", "rgb-444.jpg", "rgba.png"]
        let entries = names.flatMap { ["a/\($0)=images/\($0)", "b/\($0)=images/\($0)"] }
        return try PictureTree.with(entries) { try body(try Dataset.imageFolder($0)) }
    }

    private func all(_ loader: BatchLoader, epoch: Int) throws -> [Batch] {
        let batches = loader.batches(epoch: epoch)
        var result: [Batch] = []
        while let batch = try batches.next() { result.append(batch) }
        return result
    }

    @Test func `A batch holds the pictures, converted, resized and scaled`() throws {
        try folder { dataset in
            let indices = [3, 0, 9, 5, 12]
            let loader = try BatchLoader(
                dataset, indices: indices, batchSize: 2, input: [10, 12, 3], scaling: .caffe)
            #expect(loader.batchCount == 3)
            let batches = try all(loader, epoch: 0)
            #expect(batches.map(\.sampleIndices) == [[3, 0], [9, 5], [12]])
            #expect(batches.map(\.targets) == [[0, 0], [1, 0], [1]])
            #expect(batches.map(\.inputs.shape) == [[2, 10, 12, 3], [2, 10, 12, 3], [1, 10, 12, 3]])
            let expected = try indices.map {
                try dataset.samples[$0].image().rgb.resized(height: 10, width: 12)
            }
            #expect(
                batches[1].inputs
                    == PixelScaling.caffe.tensor(of: Array(expected[2..<4]), input: [10, 12, 3]))
            let grey = try BatchLoader(
                dataset, indices: indices, batchSize: 5, input: [10, 12, 1], scaling: .unit)
            let first = try #require(try grey.batches(epoch: 0).next())
            let luma = try indices.map { try dataset.samples[$0].image().grey.resized(height: 10, width: 12) }
            #expect(first.inputs == PixelScaling.unit.tensor(of: luma, input: [10, 12, 1]))
        }
    }

    @Test(arguments: [1, 2, 3, 8])
    func `Batches are the same whatever the threads, prefetching and caching`(threads: Int) throws {
        try folder { dataset in
            func batches(_ threads: Int, _ prefetch: Int, _ cache: CachePolicy) throws -> [Batch] {
                let loader = try BatchLoader(
                    dataset, indices: Array(dataset.samples.indices), batchSize: 3, input: [20, 20, 3],
                    scaling: .tf, augmentation: Augmentation(horizontalFlip: true, rotation: 15),
                    shuffles: true, seed: 11, threads: threads, prefetch: prefetch, cache: cache)
                return try (0..<3).flatMap { try all(loader, epoch: $0) }
            }
            let expected = try batches(1, 1, .none)
            for cache in [CachePolicy.none, .automatic, .limited(bytes: 5000)] {
                let found = try batches(threads, threads + 1, cache)
                #expect(found.map(\.sampleIndices) == expected.map(\.sampleIndices))
                #expect(found.map(\.inputs) == expected.map(\.inputs))
            }
        }
    }

    @Test func `Each epoch has every sample once, in an order of its own`() throws {
        try folder { dataset in
            let loader = try BatchLoader(
                dataset, indices: Array(dataset.samples.indices), batchSize: 4, input: [4, 4, 3],
                scaling: .none, shuffles: true, seed: 1)
            let orders = try (0..<3).map { try all(loader, epoch: $0).flatMap(\.sampleIndices) }
            #expect(orders.allSatisfy { $0.sorted() == Array(dataset.samples.indices) })
            #expect(Set(orders).count == 3)
            #expect(try all(loader, epoch: 1).flatMap(\.sampleIndices) == orders[1])
        }
    }

    @Test func `A broken picture is an error when its batch is due`() throws {
        let good = "images/rgb.png"
        let entries = [
            "a/1.png=\(good)", "a/2.png=\(good)", "a/3.png=\(good)", "a/4.jpg=broken/cut.jpg",
            "a/5.jpg=broken/text.jpg", "a/6.png=\(good)", "a/7.png=\(good)", "b/1.png=\(good)",
        ]
        try PictureTree.with(entries) { root in
            let dataset = try Dataset.imageFolder(root)
            for threads in [1, 4] {
                let loader = try BatchLoader(
                    dataset, indices: [0, 1, 2, 5, 4, 3, 6, 7], batchSize: 4, input: [8, 8, 3],
                    scaling: .none, threads: threads)
                let batches = loader.batches(epoch: 0)
                #expect(try batches.next()?.targets.count == 4)
                for _ in 0..<2 {
                    let error = #expect(throws: DatasetError.self) { try batches.next() }
                    #expect("\(error!)".contains("a/5.jpg: not a readable picture"))
                }
            }
        }
    }

    @Test func `Threads end when the consumer stops early`() throws {
        try folder { dataset in
            let loader = try BatchLoader(
                dataset, indices: Array(dataset.samples.indices), batchSize: 1, input: [8, 8, 3],
                scaling: .none, threads: 4)
            weak var pipeline: BatchPipeline?
            do {
                let held = BatchPipeline(loader: loader, epoch: 0, ahead: 2, threads: 4)
                let batches = BatchIterator(held)
                _ = try batches.next()
                pipeline = held
            }
            // The threads hold the pipeline for as long as they live.
            let deadline = Date.now.addingTimeInterval(10)
            while pipeline != nil && Date.now < deadline { Thread.sleep(forTimeInterval: 0.005) }
            #expect(pipeline == nil)
        }
    }

    @Test func `No more batches are prepared than are wanted ahead`() throws {
        try folder { dataset in
            let loader = try BatchLoader(
                dataset, indices: Array(dataset.samples.indices), batchSize: 2, input: [8, 8, 3],
                scaling: .none, threads: 4)
            let pipeline = BatchPipeline(loader: loader, epoch: 0, ahead: 2, threads: 4)
            defer { pipeline.cancel() }
            _ = try pipeline.next()
            Thread.sleep(forTimeInterval: 0.3)
            #expect(pipeline.preparedCount == 2)
        }
    }

    @Test func `The cache keeps what fits and no more`() throws {
        let cache = ImageCache(byteLimit: 20)
        let image = Image(height: 3, width: 3, channels: 1, pixels: Array(repeating: 1, count: 9))
        for index in 0..<3 { cache.insert(image, at: index) }
        #expect(cache[0] == image && cache[1] == image && cache[2] == nil)
    }

    @Test func `Decoded pictures are kept for the next epoch`() throws {
        try folder { dataset in
            let loader = try BatchLoader(
                dataset, indices: [0, 7], batchSize: 2, input: [8, 8, 3], scaling: .none)
            let first = try all(loader, epoch: 0)
            for index in [0, 7] {
                guard case .file(let path) = dataset.samples[index].source else { continue }
                try FileManager.default.removeItem(atPath: path)
            }
            #expect(try all(loader, epoch: 1).map(\.inputs) == first.map(\.inputs))
        }
    }

    @Test func `Requests that make no sense are refused`() throws {
        let dataset = try Dataset.idx(DatasetsFixture.path("idx"))
        func make(_ indices: [Int] = [0], size: Int = 1, input: Shape = [4, 3, 1], threads: Int = 1) throws {
            _ = try BatchLoader(
                dataset, indices: indices, batchSize: size, input: input, scaling: .unit, threads: threads)
        }
        try make()
        #expect(throws: DatasetError.self) { try make([]) }
        #expect(throws: DatasetError.self) { try make(size: 0) }
        #expect(throws: DatasetError.self) { try make(input: [4, 3, 2]) }
        #expect(throws: DatasetError.self) { try make(input: [4, 3]) }
        #expect(throws: DatasetError.self) { try make(threads: 0) }
    }
}
