import Foundation
import TestSupport
import Tensors
import Testing

@testable import Datasets

@Suite struct MultiLabelCSVTests {
    private func withTable(_ lines: [String], _ body: (String) throws -> Void) throws {
        try Fixtures.withTemporaryFolder { folder in
            for name in ["a.png", "b.png", "c.png"] {
                try FileManager.default.copyItem(
                    at: Fixtures.url("datasets/images/grey.png"), to: folder.appending(path: name))
            }
            let table = folder.appending(path: "labels.csv")
            try Data(lines.joined(separator: "\n").utf8).write(to: table)
            try body(table.path(percentEncoded: false))
        }
    }

    @Test(
        arguments: [
            ["file,labels,split", "a.png,sea; beach,train", "b.png,,test", "c.png,sea,val"],
            ["split,image,beach,sea", "train,a.png,1,1", "test,b.png,0,0", "val,c.png,0,1"],
        ])
    func `Both forms of a table say the same`(lines: [String]) throws {
        try withTable(lines) { path in
            let dataset = try Dataset.multiLabelCSV(path)
            #expect(dataset.classNames == ["beach", "sea"])
            #expect(dataset.labelling == .multiple)
            #expect(dataset.samples.map(\.identifier) == ["a.png", "b.png", "c.png"])
            #expect(dataset.samples.map(\.split) == [.train, .test, .validation])
            #expect(
                dataset.targets(of: [0, 1, 2]) == .indicators(Tensor([1, 1, 0, 0, 0, 1], shape: [3, 2])))
            // Where it is drawn by class, a sample is of the rarest of its classes.
            #expect(dataset.samples.map(\.label) == [0, 0, 1])
            #expect(dataset.counts == [1, 2])
            #expect(try dataset.samples[0].image().channels == 1)
            let selected = try dataset.selecting(classes: ["sea", "beach"])
            #expect(
                selected.targets(of: [0, 1, 2]) == .indicators(Tensor([1, 1, 0, 0, 1, 0], shape: [3, 2])))
        }
    }

    @Test func `Labels are apart by what is said to be between them`() throws {
        try withTable(["file,labels", "a.png,sea|beach;rock", "b.png,sea"]) { path in
            let dataset = try Dataset.multiLabelCSV(path, separator: "|")
            #expect(dataset.classNames == ["beach;rock", "sea"])
        }
    }

    @Test(
        arguments: [
            (
                MultiLabelColumns(image: "photo", labels: "what", split: "part", group: "who"),
                ["id,photo,what,part,who,labels", "1,a.png,sea; beach,train,x,no", "2,b.png,sea,test,,no"]
            ),
            (
                MultiLabelColumns(image: "photo", split: "part", group: "who"),
                ["who,photo,beach,sea,part", "x,a.png,1,1,train", ",b.png,0,1,test"]
            ),
            (
                MultiLabelColumns(),
                ["subject,path,labels,usage", "x,a.png,sea;beach,train", ",b.png,sea,test"]
            ),
        ])
    func `Columns may have other names`(columns: MultiLabelColumns, lines: [String]) throws {
        try withTable(lines) { path in
            let dataset = try Dataset.multiLabelCSV(path, columns: columns)
            #expect(dataset.classNames == ["beach", "sea"])
            #expect(dataset.samples.map(\.identifier) == ["a.png", "b.png"])
            #expect(dataset.samples.map(\.split) == [.train, .test])
            #expect(dataset.samples.map(\.group) == ["x", nil])
            #expect(dataset.targets(of: [0, 1]) == .indicators(Tensor([1, 1, 0, 1], shape: [2, 2])))
            #expect(dataset.classNames(of: 0) == ["beach", "sea"])
            #expect(dataset.classNames(of: 1) == ["sea"])
        }
    }

    @Test func `A column that is named and not there is told, with those that are`() throws {
        try withTable(["file,sea,dog", "a.png,1,0"]) { path in
            let expected = DatasetError.format(
                file: path, expected: "a column 'photo'", found: "the columns file, sea, dog")
            #expect(throws: expected) {
                try Dataset.multiLabelCSV(path, columns: MultiLabelColumns(image: "photo"))
            }
        }
    }

    @Test func `Equal pictures and labels have equal hashes, wherever they lie, and others have others`()
        throws
    {
        func hash(_ lines: String...) throws -> String {
            var hash = ""
            try withTable(["file,labels"] + lines) {
                hash = try Dataset.multiLabelCSV($0).contentHash().description
            }
            return hash
        }
        let first = try hash("a.png,sea;beach", "b.png,sea")
        #expect(try hash("a.png,sea;beach", "b.png,sea") == first)
        #expect(try hash("a.png,sea;beach", "b.png,beach") != first)
        #expect(try hash("a.png,sea;beach", "c.png,sea") != first)
    }

    @Test(
        arguments: [
            ("b.png,1", "expected 3 columns, found 2"),
            ("b.png,1,yes", "expected 0 or 1 for 'dog', found 'yes'"),
            (",1,1", "expected the name of a picture, found nothing"),
        ])
    func `A bad row is named by its line, or skipped`(row: String, reason: String) throws {
        try withTable(["file,sea,dog", "a.png,1,0", row]) { path in
            _ = #expect(throws: DatasetError.row(file: path, line: 3, reason: reason)) {
                try Dataset.multiLabelCSV(path)
            }
            let dataset = try Dataset.multiLabelCSV(path, onError: .skip)
            #expect(dataset.samples.count == 1)
            #expect(dataset.skipped.map(\.reason) == [reason])
        }
    }

    @Test func `A picture that is not there is named with its line`() throws {
        try withTable(["file,sea,dog", "d.png,1,0"]) { path in
            let error = #expect(throws: DatasetError.self) { try Dataset.multiLabelCSV(path) }
            let sentence = error.map { "\($0)" } ?? ""
            #expect(sentence.hasPrefix("\(path):2: expected the picture "), "\(sentence)")
            #expect(sentence.hasSuffix("d.png, found no such file"), "\(sentence)")
        }
    }

    @Test(arguments: ["file", "sea,dog", "file,labels,dog", "file,sea,sea", "file,sea", ""])
    func `A header that is neither form's is refused`(header: String) throws {
        try withTable([header, "a.png,1"]) { path in
            _ = #expect(throws: DatasetError.self) { try Dataset.multiLabelCSV(path) }
        }
    }
}
