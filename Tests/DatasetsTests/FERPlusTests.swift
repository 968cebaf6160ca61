import Foundation
import TestSupport
import Tensors
import Testing

@testable import Datasets

@Suite struct FERPlusTests {
    /// What the authors' code made of given votes; see `Tests/Fixtures/ferplus/make.py`.
    private struct Case: Decodable {
        var votes: [Int]
        var majority: [Double]?
        var soft: [Double]?
    }

    @Test func `Votes become labels, or are left out, as by the authors' code`() throws {
        let file = try Data(contentsOf: Fixtures.url("ferplus/ferplus.json"))
        for expected in try JSONDecoder().decode([Case].self, from: file) {
            let votes = FERPlusVotes(expected.votes)
            for (labels, target) in [
                (Dataset.FERPlusLabels.majority, expected.majority), (.soft, expected.soft),
            ] {
                let found = votes.target(labels)
                #expect((found == nil) == (target == nil), "\(expected.votes) \(labels)")
                for (a, b) in zip(found ?? [], target ?? []) { #expect(abs(Double(a) - b) < 1e-7) }
            }
        }
    }

    private static let header =
        "Usage,Image name,neutral,happiness,surprise,sadness,anger,disgust,fear,contempt,unknown,NF"

    /// Four faces and their votes.
    private func withTables(
        _ votes: [String], _ body: (_ faces: String, _ votes: String) throws -> Void
    ) throws {
        let face = Array(repeating: "7", count: 2304).joined(separator: " ")
        let usages = ["Training", "Training", "PublicTest", "PrivateTest"]
        try Fixtures.withTemporaryFolder { folder in
            func write(_ name: String, _ lines: [String]) throws -> String {
                let url = folder.appending(path: name)
                try Data(lines.joined(separator: "\r\n").utf8).write(to: url)
                return url.path(percentEncoded: false)
            }
            let faces = try write("fer2013.csv", ["emotion,pixels,Usage"] + usages.map { "3,\(face),\($0)" })
            try body(faces, write("fer2013new.csv", [Self.header] + votes))
        }
    }

    private static let votes = [
        "Training,fer0000000.png,4,4,0,1,0,0,0,1,0,0", "Training,,0,0,0,0,0,0,0,0,0,10",
        "PublicTest,fer0000002.png,0,0,0,0,8,2,0,0,0,0", "PrivateTest,fer0000003.png,0,1,0,0,0,0,0,9,0,0",
    ]

    @Test func `Faces have the labels of their line of votes`() throws {
        try withTables(Self.votes) { faces, votes in
            let soft = try Dataset.ferPlus(faces, votes: votes, labels: .soft)
            #expect(soft.classNames.count == 8)
            #expect(soft.samples.map(\.identifier) == [2, 4, 5].map { "fer2013.csv:\($0)" })
            #expect(soft.samples.map(\.split) == [.train, .validation, .test])
            #expect(soft.samples.map(\.label) == [0, 4, 7])
            let expected: [Float] = [0.5, 0.5, 0, 0, 0, 0, 0, 0] + [0, 0, 0, 0, 1, 0, 0, 0]
            guard case .distributions(let table) = soft.targets(of: [0, 1]) else {
                Issue.record("expected soft labels")
                return
            }
            #expect(table.elements == expected)
            let majority = try Dataset.ferPlus(faces, votes: votes)
            #expect(majority.samples.map(\.label) == [4, 7])
            #expect(majority.targets(of: [0, 1]) == [4, 7])
        }
    }

    @Test func `Soft labels of some classes sum to one`() throws {
        try withTables(Self.votes) { faces, votes in
            let soft = try Dataset.ferPlus(faces, votes: votes, labels: .soft)
                .selecting(classes: ["contempt", "neutral"])
            #expect(soft.samples.map(\.label) == [1, 0])
            #expect(soft.samples.map(\.shares) == [[0, 1], [1, 0]])
        }
    }

    @Test(
        arguments: [
            (1, "Training,fer.png,4,4,0,1,0,0,0,1,0", "expected 12 columns, found 11"),
            (1, "Training,fer.png,4,4,0,1,0,0,x,1,0,0", "expected a number of votes for fear, found 'x'"),
            (
                1, "Tests,fer.png,4,4,0,1,0,0,0,1,0,0",
                "expected the usage Training, PublicTest or PrivateTest, found 'Tests'"
            ),
            (
                2, "Training,fer.png,4,4,0,1,0,0,0,1,0,0",
                "expected the votes for fer2013.csv:4, which is for validation, found some for train; "
                    + "the tables are not of the same faces"
            ),
            (3, "", "expected the votes for fer2013.csv:5, found none"),
        ])
    func `A bad row of votes is named by its line`(row: Int, text: String, reason: String) throws {
        var rows = Self.votes
        rows[row] = text
        try withTables(rows) { faces, votes in
            _ = #expect(throws: DatasetError.row(file: votes, line: row + 2, reason: reason)) {
                try Dataset.ferPlus(faces, votes: votes)
            }
        }
    }

    @Test func `Votes without a face, and other tables, are refused`() throws {
        try withTables(Self.votes + [Self.votes[3]]) { faces, votes in
            let reason = "expected no votes behind the last face, found some"
            #expect(throws: DatasetError.row(file: votes, line: 6, reason: reason)) {
                try Dataset.ferPlus(faces, votes: votes)
            }
            #expect(throws: DatasetError.self) { try Dataset.ferPlus(faces, votes: faces) }
        }
    }
}
