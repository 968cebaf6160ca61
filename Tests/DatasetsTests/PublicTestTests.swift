import Datasets
import Foundation
import Tensors
import TestSupport
import Testing

@Suite struct PublicTestTests {
    private static let archive = "data/fer2013/publictest.tar.gz"

    @Test(.enabled(if: Fixtures.hasShared(archive), "needs shared/\(archive)"))
    func `FER-2013's public test pictures load, split and make batches`() throws {
        try Fixtures.withTemporaryFolder { folder in
            let tar = try Process.run(
                URL(filePath: "/usr/bin/tar"),
                arguments: ["-xzf", Fixtures.shared(Self.archive), "-C", folder.path(percentEncoded: false)])
            tar.waitUntilExit()
            try #require(tar.terminationStatus == 0)
            let root = folder.appending(path: "publictest").path(percentEncoded: false)
            let dataset = try Dataset.imageFolder(root, onError: .skip)
            #expect(dataset.skipped.isEmpty)
            #expect(
                dataset.classNames == ["angry", "disgust", "fear", "happy", "neutral", "sad", "surprise"])
            #expect(dataset.counts == [467, 56, 496, 895, 607, 653, 415])
            let split = try dataset.splitting(validation: 0.1, test: 0.2, seed: 7)
            #expect(split.counts(in: .validation).reduce(0, +) == 359)
            #expect(split.counts(in: .test).reduce(0, +) == 718)
            for (count, part) in zip(dataset.counts, split.counts(in: .test)) {
                #expect(abs(Double(part) - 0.2 * Double(count)) < 1)
            }
            let loader = try BatchLoader(
                split, indices: split.indices(in: .validation), batchSize: 64, input: [48, 48, 3],
                scaling: .caffe)
            let batches = loader.batches(epoch: 0)
            var labels = [Int](repeating: 0, count: 7)
            while let batch = try batches.next() {
                #expect(batch.inputs.shape.unbatched == [48, 48, 3])
                for index in batch.sampleIndices { labels[split.samples[index].label] += 1 }
            }
            #expect(labels == split.counts(in: .validation))
        }
    }
}
