import Testing

@testable import Datasets

@Suite struct StratifiedSplitTests {
    @Test func `Shares are given out by largest remainders`() {
        // Quotas 2.5, 1.25, 0.5 and 0.75 of 5 in all: two are missing, for 0.75 and the first 0.5.
        #expect(
            stratifiedCounts([10, 5, 2, 3], fraction: 0.25, available: [9, 4, 1, 2]) == [3, 1, 0, 1])
        // Nobody gives more than is available.
        #expect(stratifiedCounts([1, 1, 4], fraction: 0.5, available: [0, 0, 3]) == [0, 0, 3])
        #expect(stratifiedCounts([1, 1], fraction: 0.9, available: [0, 0]) == [0, 0])
    }

    @Test func `A source without splits gets all three`() throws {
        let dataset = try faces(counts: [20, 10, 31, 7, 1, 2, 40])
        let split = try dataset.splitting(validation: 0.1, test: 0.2, seed: 3)
        #expect(split.counts(in: .test).reduce(0, +) == 22)
        #expect(split.counts(in: .validation).reduce(0, +) == 11)
        #expect(split.counts(in: .test) == [4, 2, 6, 2, 0, 0, 8])
        #expect(split.counts(in: nil).allSatisfy { $0 == 0 })
        #expect(split.counts(in: .train).allSatisfy { $0 >= 1 })
        #expect(split.counts == dataset.counts)
        #expect(split.samples.map(\.identifier) == dataset.samples.map(\.identifier))
    }

    @Test func `The seed alone decides`() throws {
        let dataset = try faces(counts: [20, 10, 31, 7, 1, 2, 40])
        func splits(seed: UInt64) throws -> [Split?] {
            try dataset.splitting(validation: 0.1, test: 0.2, seed: seed).samples.map(\.split)
        }
        #expect(try splits(seed: 3) == splits(seed: 3))
        #expect(try splits(seed: 3) != splits(seed: 4))
    }

    @Test func `Validation is taken from train where the source has a test split`() throws {
        let dataset = try Dataset.idx(DatasetsFixture.path("idx"))
        let split = try dataset.splitting(validation: 0.1, test: 0.5, seed: 3)
        #expect(split.counts(in: .test) == dataset.counts(in: .test))
        // Only the class of two training samples can spare one.
        #expect(split.counts(in: .validation) == [0, 0, 0, 0, 0, 2, 0, 0, 0, 0].map { min($0, 1) })
        #expect(
            split.counts(in: .train) == Array(repeating: 1, count: 5) + [2] + Array(repeating: 1, count: 4))
    }

    @Test func `A source with all splits keeps them`() throws {
        let dataset = try Dataset.fer2013(DatasetsFixture.path("fer2013.csv"))
        let split = try dataset.splitting(validation: 0.4, test: 0.4, seed: 3)
        #expect(split.samples.map(\.split) == dataset.samples.map(\.split))
    }

    @Test func `Fractions out of range and empty splits are refused`() throws {
        let dataset = try faces(counts: [1, 1, 1, 1, 1, 1, 1])
        #expect(throws: DatasetError.self) { try dataset.splitting(validation: 0.5, test: 0.5, seed: 1) }
        #expect(throws: DatasetError.self) { try dataset.splitting(validation: -0.1, test: 0, seed: 1) }
        #expect(throws: DatasetError.self) { try dataset.splitting(validation: 1, test: 0, seed: 1) }
        #expect(throws: DatasetError.self) { try dataset.splitting(validation: 0.3, test: 0, seed: 1) }
        #expect(try dataset.splitting(validation: 0, test: 0, seed: 1).splits == [.train])
    }
}
