import Evaluation
import Testing

@Suite struct ClusteringTests {
    @Test func `Classes stand in the order of SciPy's average linkage`() throws {
        let cases = try #require(EvidenceFixture.shared?.clustering)
        for fixture in cases {
            let pairs = fixture.counts.enumerated().flatMap { row, counts in
                counts.enumerated().flatMap { [(Int, Int)](repeating: (row, $0), count: $1) }
            }
            let matrix = try ConfusionMatrix(
                classNames: fixture.counts.indices.map { "\($0)" }, labels: pairs.map(\.0),
                predictions: pairs.map(\.1))
            #expect(matrix.clusteredOrder == fixture.order)
            let reordered = matrix.reordered(fixture.order)
            #expect(reordered.classNames == fixture.order.map { "\($0)" })
            #expect(reordered.trueCounts == fixture.order.map { matrix.trueCounts[$0] })
        }
    }

    @Test func `A single class stands alone`() throws {
        let matrix = try ConfusionMatrix(classNames: ["a"], labels: [0], predictions: [0])
        #expect(matrix.clusteredOrder == [0])
    }
}
