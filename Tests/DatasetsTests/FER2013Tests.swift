import Datasets
import Foundation
import TestSupport
import Testing

@Suite struct FER2013Tests {
    private static let face = Array(repeating: "7", count: 2304).joined(separator: " ")

    private func withTable<Result>(_ text: String, _ body: (String) throws -> Result) throws -> Result {
        try Fixtures.withTemporaryFolder { folder in
            let url = folder.appending(path: "faces.csv")
            try Data(text.utf8).write(to: url)
            return try body(url.path(percentEncoded: false))
        }
    }

    @Test(arguments: ["fer2013.csv", "icml_face_data.csv"])
    func `Faces, emotions and splits are read, whatever the order of the columns`(name: String) throws {
        let dataset = try Dataset.fer2013(DatasetsFixture.path(name)).selecting(
            classes: ["angry", "happy", "neutral"])
        #expect(dataset.samples.map(\.identifier) == (2...5).map { "\(name):\($0)" })
        #expect(dataset.samples.map(\.label) == [1, 0, 2, 1])
        #expect(dataset.samples.map(\.split) == [.train, .validation, .test, .train])
        let faces = try DatasetsFixture.load().faces.map(\.image)
        #expect(try dataset.samples.map { try $0.image() } == faces)
    }

    @Test(
        arguments: [
            ("3,1 2 3,Training", "expected 2304 pixels, found 3"),
            ("3,\(face) 1,Training", "expected 2304 pixels, found 2305"),
            ("7,\(face),Training", "expected an emotion from 0 to 6, found '7'"),
            ("happy,\(face),Training", "expected an emotion from 0 to 6, found 'happy'"),
            ("3,\(face) 256,Training", "expected pixels from 0 to 255, found more"),
            ("3,\(face) x,Training", "expected pixels separated by spaces, found 'x' among them"),
            ("3,\(face),Tests", "expected the usage Training, PublicTest or PrivateTest, found 'Tests'"),
            ("3,\(face)", "expected 3 columns, found 2"),
            ("3,\(face),Training,1", "expected 3 columns, found more"),
        ])
    func `A bad row is named by its line, or skipped`(row: String, reason: String) throws {
        let good = (0...6).map { "\($0),\(Self.face),Training" }
        let text = (["emotion,pixels,Usage", good[0], "", row] + good[1...]).joined(separator: "\n")
        try withTable(text) { path in
            #expect(throws: DatasetError.row(file: path, line: 4, reason: reason)) {
                try Dataset.fer2013(path)
            }
            let dataset = try Dataset.fer2013(path, onError: .skip)
            #expect(dataset.skipped.map(\.identifier) == ["faces.csv:4"])
            #expect(dataset.skipped[0].reason == reason)
            #expect(dataset.counts == [1, 1, 1, 1, 1, 1, 1])
            #expect(try dataset.samples[6].image().pixels.allSatisfy { $0 == 7 })
        }
    }

    @Test func `Quotes, a byte-order mark, CRLF and a missing column are no matter`() throws {
        let rows = (0...6).map { "\"\($0)\",\" \(Self.face) \"\r\n" }
        try withTable("\u{FEFF}emotion,pixels\r\n" + rows.joined() + "\r\n") { path in
            let dataset = try Dataset.fer2013(path)
            #expect(dataset.samples.count == 7)
            #expect(dataset.samples.allSatisfy { $0.split == nil })
        }
    }

    @Test(arguments: ["", "emotion,Usage\n", "label,pixels,Usage\n1,2,3\n"])
    func `A table without the columns is refused`(text: String) throws {
        try withTable(text) { path in
            let error = #expect(throws: DatasetError.self) { try Dataset.fer2013(path) }
            #expect("\(error!)".hasPrefix("\(path): expected a header with the columns emotion, pixels"))
        }
    }

    @Test func `A table without rows has no samples`() throws {
        try withTable("emotion,pixels,Usage\n") { path in
            _ = #expect(throws: DatasetError.noSamples(source: path)) { try Dataset.fer2013(path) }
        }
    }
}
