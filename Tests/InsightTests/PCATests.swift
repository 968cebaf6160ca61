import Tensors
import Testing

@testable import Insight

@Suite struct PCATests {
    @Test func `Components, their signs, variances and places are scikit-learn's`() throws {
        let cases = try EmbeddingFixture.load().pca
        // More samples than features, and fewer.
        #expect(cases.map { $0.samples.count > $0.samples[0].count } == [true, false])
        for given in cases {
            let samples = Matrix(given.samples)
            let pca = try PCA(samples, components: given.components.count)
            #expect(pca.components.difference(from: given.components) < 1e-8)
            #expect(zip(pca.explainedVariance, given.variance).allSatisfy { abs($0 - $1) < 1e-8 * $1 })
            #expect(zip(pca.explainedVarianceRatio, given.ratio).allSatisfy { abs($0 - $1) < 1e-8 })
            #expect(pca.projected(samples).difference(from: given.places) < 1e-7)
        }
    }

    @Test func `Samples that are all equal have components without variance`() throws {
        for (rows, columns) in [(6, 3), (3, 6)] {
            let samples = Matrix(rows: rows, columns: columns, Array(repeating: 2, count: 18))
            let pca = try PCA(samples)
            #expect(pca.explainedVarianceRatio == [0, 0])
            #expect(pca.projected(samples).elements.allSatisfy { $0 == 0 })
        }
    }

    @Test func `Too few samples and numbers that are none are refused`() {
        #expect(throws: InsightError.sampleCount(2, atLeast: 3, purpose: "PCA")) {
            try PCA(Matrix(zeros: 2, 4))
        }
        var samples = Matrix(zeros: 5, 2)
        samples[3, 1] = .nan
        #expect(throws: InsightError.notFinite(row: 3)) { try PCA(samples) }
    }
}
