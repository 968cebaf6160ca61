import Foundation
import TestSupport
import Testing

@testable import Datasets

@Suite struct GroupedSplitTests {
    /// 40 subjects with 1 to 9 pictures of 3 classes.
    private func faces() -> Dataset {
        let store = ImageStore(height: 1, width: 1, pixels: [0])
        let samples = (0..<40).flatMap { subject in
            (0...(subject * 7 % 9)).map { number in
                Sample(
                    identifier: "S\(subject)_\(number).png", label: (subject + number * number) % 3,
                    split: nil,
                    group: "S\(subject)", source: .memory(store, position: 0))
            }
        }
        return Dataset(name: "faces", classNames: ["a", "b", "c"], samples: samples)
    }

    private func splits(_ dataset: Dataset) -> [String: Set<Split?>] {
        Dictionary(grouping: dataset.samples) { $0.group ?? "" }.mapValues { Set($0.map(\.split)) }
    }

    private struct Folds: Decodable {
        var counts: [[Int]]
        var count: Int
        var parts: [Int]
    }

    @Test func `Groups are dealt out to folds as by scikit-learn's StratifiedGroupKFold`() throws {
        let cases = try JSONDecoder().decode(
            [Folds].self, from: Data(contentsOf: Fixtures.url("faces/folds.json")))
        #expect(cases.count == 4)
        for item in cases {
            let weights = [Double](repeating: 1 / Double(item.count), count: item.count)
            #expect(GroupAssignment(counts: item.counts, weights: weights).parts() == item.parts)
        }
    }

    @Test(arguments: [1, 2, 3, 4, 5] as [UInt64])
    func `No subject is in two splits, which have their shares of each class`(seed: UInt64) throws {
        let dataset = faces()
        let split = try dataset.splitting(validation: 0.15, test: 0.25, seed: seed)
        #expect(splits(split).values.allSatisfy { $0.count == 1 })
        for (part, share) in [(Split.test, 0.25), (.validation, 0.15)] {
            for (count, all) in zip(split.counts(in: part), dataset.counts) {
                #expect(abs(Double(count) / Double(all) - share) < 0.05)
            }
        }
        #expect(split.splitMethod?.groups == 40)
        #expect(
            split.splitMethod?.description
                == "validation and test drawn, stratified, each of 40 groups (subjects) kept whole")
        let again = try dataset.splitting(validation: 0.15, test: 0.25, seed: seed)
        #expect(again.samples.map(\.split) == split.samples.map(\.split))
        let other = try dataset.splitting(validation: 0.15, test: 0.25, seed: seed + 100)
        #expect(other.samples.map(\.split) != split.samples.map(\.split))
    }

    @Test func `Every subject is tested in exactly one fold`() throws {
        let dataset = faces()
        var tested: [Int] = [Int](repeating: 0, count: dataset.samples.count)
        for fold in 0..<5 {
            let folded = try dataset.folded(fold, of: 5, validation: 0.2, seed: 9)
            #expect(splits(folded).values.allSatisfy { $0.count == 1 })
            #expect(!folded.indices(in: .validation).isEmpty)
            #expect(
                folded.splitMethod?.description.hasPrefix("fold \(fold) of 5 tested, stratified, each")
                    == true)
            for index in folded.indices(in: .test) { tested[index] += 1 }
        }
        #expect(tested.allSatisfy { $0 == 1 })
    }

    @Test func `Folds without groups differ by one picture of a class at most, whatever the source's splits`()
        throws
    {
        let dataset = try Dataset.idx(DatasetsFixture.path("idx")).ungrouped
        let face = faces().ungrouped
        for fold in 0..<3 {
            let folded = try face.folded(fold, of: 3, validation: 0, seed: 1)
            for (count, all) in zip(folded.counts(in: .test), face.counts) {
                #expect((all / 3...(all + 2) / 3).contains(count))
            }
            #expect(folded.splits == [.train, .test])
        }
        let folded = try dataset.folded(1, of: 2, validation: 0, seed: 1)
        #expect(folded.indices(in: .test).count == dataset.samples.count / 2)
    }

    @Test(arguments: 2...12)
    func `A few subjects of different sizes are enough for every fold and its validation`(folds: Int) throws {
        let few = faces()
        let names = Set((0..<13).map { "S\($0)" })
        var dataset = few
        dataset.samples = few.samples.filter { names.contains($0.group ?? "") }
        for fold in 0..<folds {
            let folded = try dataset.folded(fold, of: folds, validation: 0.03, seed: 1)
            #expect(splits(folded).values.allSatisfy { $0.count == 1 })
            #expect(folded.splits == [.train, .validation, .test])
        }
    }

    @Test func `The subject for a share that is too small is the one that fits best`() {
        let counts = [[9, 9], [1, 1], [5, 0], [30, 30]]
        let assignment = GroupAssignment(counts: counts, weights: [0.97, 0.03])
        #expect(assignment.parts() == [0, 0, 0, 0] || assignment.parts() == [0, 1, 0, 0])
        #expect(assignment.partsWithoutGaps() == [0, 1, 0, 0])
        #expect(GroupAssignment(counts: [[1, 1]], weights: [0.9, 0.1]).partsWithoutGaps().count == 1)
    }

    @Test func `What cannot be divided is refused`() throws {
        let dataset = faces()
        #expect(throws: DatasetError.self) { try dataset.folded(5, of: 5, validation: 0, seed: 1) }
        #expect(throws: DatasetError.self) { try dataset.folded(0, of: 1, validation: 0, seed: 1) }
        #expect(throws: DatasetError.self) { try dataset.folded(0, of: 41, validation: 0, seed: 1) }
        let one = try dataset.grouped(byPattern: "^S")
        let error = #expect(throws: DatasetError.self) {
            try one.splitting(validation: 0, test: 0.1, seed: 1)
        }
        #expect("\(error!)".contains("found none, for 1 groups that must be kept whole"))
    }

    @Test func `A pattern finds groups in files' names`() throws {
        let dataset = faces()
        #expect(try dataset.grouped(byPattern: #"_(\d)\."#).samples[0].group == "0")
        #expect(try dataset.grouped(byPattern: #"\d"#).samples[0].group == "0")
        let missing = #expect(throws: DatasetError.self) { try dataset.grouped(byPattern: "X") }
        #expect("\(missing!)".contains("expected a file name that matches 'X', found 'S0_0.png'"))
        #expect(throws: DatasetError.self) { try dataset.grouped(byPattern: "(") }
        #expect(!dataset.ungrouped.hasGroups && dataset.hasGroups)
    }
}
