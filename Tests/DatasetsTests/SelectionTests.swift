import Datasets
import Foundation
import TestSupport
import Testing

/// A dataset in a table, of as many samples of each emotion as asked for.
func faces(counts: [Int], usage: String? = nil) throws -> Dataset {
    let face = Array(repeating: "7", count: 2304).joined(separator: " ")
    var text = usage == nil ? "emotion,pixels\n" : "emotion,pixels,Usage\n"
    for (emotion, count) in counts.enumerated() {
        for _ in 0..<count { text += "\(emotion),\(face)\(usage.map { ",\($0)" } ?? "")\n" }
    }
    return try Fixtures.withTemporaryFolder { folder in
        let url = folder.appending(path: "faces.csv")
        try Data(text.utf8).write(to: url)
        return try Dataset.fer2013(url.path(percentEncoded: false))
    }
}

@Suite struct SelectionTests {
    @Test func `Selected classes are numbered in the given order`() throws {
        let dataset = try faces(counts: [1, 2, 3, 4, 1, 1, 1]).selecting(classes: ["happy", "angry"])
        #expect(dataset.classNames == ["happy", "angry"])
        #expect(dataset.counts == [4, 1])
        #expect(dataset.samples[0].label == 1)
    }

    @Test func `A class that is not there is answered with the nearest`() throws {
        let dataset = try faces(counts: [1, 1, 1, 1, 1, 1, 1])
        let error = #expect(throws: DatasetError.self) { try dataset.selecting(classes: ["happi", "sad"]) }
        #expect("\(error!)" == "dataset 'faces' has no class 'happi'; did you mean 'happy'?")
        #expect(throws: DatasetError.self) { try dataset.selecting(classes: ["sad", "sad"]) }
        #expect(throws: DatasetError.self) { try dataset.selecting(classes: []) }
    }

    @Test func `A limit draws from each class, the same for the same seed`() throws {
        let dataset = try faces(counts: [9, 2, 9, 9, 9, 9, 9])
        let limited = try dataset.limited(perClass: 3, seed: 5)
        #expect(limited.counts == [3, 2, 3, 3, 3, 3, 3])
        let identifiers = limited.samples.map(\.identifier)
        #expect(try dataset.limited(perClass: 3, seed: 5).samples.map(\.identifier) == identifiers)
        #expect(try dataset.limited(perClass: 3, seed: 6).samples.map(\.identifier) != identifiers)
        #expect(throws: DatasetError.self) { try dataset.limited(perClass: 0, seed: 5) }
    }

    @Test func `A limit in one split leaves the others`() throws {
        let dataset = try faces(counts: [10, 10, 10, 10, 10, 10, 10])
            .splitting(validation: 0.2, test: 0.2, seed: 1)
            .limited(perClass: 1, inSplit: .train, seed: 1)
        #expect(dataset.counts(in: .train) == [1, 1, 1, 1, 1, 1, 1])
        #expect(dataset.counts(in: .validation) == [2, 2, 2, 2, 2, 2, 2])
        #expect(dataset.counts(in: .test) == [2, 2, 2, 2, 2, 2, 2])
    }
}
