import Foundation
import Graft
import TestSupport
import Testing

@Suite struct FeatureExtractorTests {
    private let classifier: ImageClassifier

    init() throws {
        let model = try ModelFile(Fixtures.path("insight/residual.h5")).model()
        classifier = try ImageClassifier(model, classNames: nil, scaling: .tf)
    }

    /// More pictures than a batch has, of two classes.
    private func withPictures<Result>(_ body: (Dataset) throws -> Result) throws -> Result {
        try Fixtures.withTemporaryFolder { folder in
            let names = ["rgb.png", "grey.png", "palette.png"]
            for number in 0..<35 {
                let place = folder.appending(path: "kind\(number % 2)")
                try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
                try FileManager.default.copyItem(
                    atPath: Fixtures.path("datasets/images/\(names[number % 3])"),
                    toPath: place.appending(path: "\(number).png").path)
            }
            return try body(.imageFolder(folder.path))
        }
    }

    @Test func `Maps are averaged over their pixels, as a global pooling does, in whole batches and others`()
        throws
    {
        try withPictures { dataset in
            let indices = Array(dataset.samples.indices)
            let maps = try FeatureExtractor(classifier, layer: "block2_out")
                .features(of: dataset, indices: indices)
            let extractor = try FeatureExtractor(classifier)
            #expect(extractor.layer == "dropout")
            var done: [Int] = []
            let pooled = try extractor.features(of: dataset, indices: indices) { count, _ in
                done.append(count)
            }
            #expect(done == [32, 35] && pooled.indices == indices)
            #expect(pooled.samples.rows == 35 && pooled.samples.columns == 8)
            let differences = zip(maps.samples.elements, pooled.samples.elements).map { abs($0 - $1) }
            #expect(maps.samples.columns == 8 && differences.allSatisfy { $0 < 1e-5 })
            let scores = try classifier.scores(of: [dataset.samples[34].image()])[0]
            #expect(pooled.predicted[34] == scores.indices.max { scores[$0] < scores[$1] })
        }
    }

    @Test func `Pictures of classes that the network does not know have no mistakes on a map`() throws {
        try withPictures { dataset in
            let features = try FeatureExtractor(classifier)
                .features(of: dataset, indices: Array(dataset.samples.indices))
            func mistakes(_ names: [String]) throws -> Int {
                let map = try EmbeddingMap(
                    features, of: dataset, classNames: names, layer: "dropout", method: .pca)
                #expect(map.trustworthiness != nil)
                return map.figure.points.count { $0.mistakenFor != nil }
            }
            #expect(try mistakes(classifier.classNames) == 0)
        }
    }
}
