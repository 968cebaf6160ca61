import Datasets
import Foundation
import TestSupport
import Testing

@Suite struct ImageFolderTests {
    private static let rgb = "images/rgb.png"

    @Test func `Folders are classes in alphabetical order, searched to the bottom`() throws {
        let entries = [
            "sad/b.PNG=\(Self.rgb)", "happy/x/y/c.jpeg=images/grey.jpg", "happy/a.tif=images/rgb.tif",
            "happy/notes.txt", "happy/.hidden.png", ".cache/z.png", "readme.md",
        ]
        try PictureTree.with(entries) { root in
            let dataset = try Dataset.imageFolder(root, name: "faces")
            #expect(dataset.classNames == ["happy", "sad"])
            #expect(dataset.samples.map(\.identifier) == ["happy/a.tif", "happy/x/y/c.jpeg", "sad/b.PNG"])
            #expect(dataset.samples.map(\.label) == [0, 0, 1])
            #expect(dataset.ignoredFiles.sorted() == ["happy/notes.txt", "readme.md"])
            #expect(dataset.splits == [])
            #expect(try dataset.samples[1].image().channels == 1)
        }
    }

    @Test func `Folders with the names of splits are splits`() throws {
        let entries = [
            "Training/a/1.png=\(Self.rgb)", "Training/b/2.png=\(Self.rgb)", "PublicTest/a/3.png=\(Self.rgb)",
            "PublicTest/b/4.png=\(Self.rgb)", "TEST/a/5.png=\(Self.rgb)", "TEST/b/6.png=\(Self.rgb)",
            "TEST/list.csv",
        ]
        try PictureTree.with(entries) { root in
            let dataset = try Dataset.imageFolder(root)
            #expect(dataset.classNames == ["a", "b"])
            #expect(dataset.samples.map(\.split) == [.train, .train, .validation, .validation, .test, .test])
            #expect(dataset.samples[2].identifier == "PublicTest/a/3.png")
            #expect(dataset.ignoredFiles == ["TEST/list.csv"])
            #expect(dataset.counts(in: .test) == [1, 1])
        }
    }

    @Test func `A single class may be called train`() throws {
        try PictureTree.with(["car/1.png=\(Self.rgb)", "train/2.png=\(Self.rgb)"]) { root in
            let dataset = try Dataset.imageFolder(root)
            #expect(dataset.classNames == ["car", "train"])
        }
    }

    @Test(
        arguments: [
            (["readme.md"], "expected a folder for each class"),
            (["train/1.png=images/rgb.png"], "/train: expected a folder for each class"),
            (["a/1.png=images/rgb.png", "b/"], "class 'b' has no pictures"),
            (["a/1.png=images/rgb.png", "b/notes.txt"], "class 'b' has no pictures"),
            (
                [
                    "train/a/1.png=images/rgb.png", "train/b/1.png=images/rgb.png",
                    "test/a/1.png=images/rgb.png",
                ],
                "/test: expected the classes of 'train', but there is no folder for 'b'"
            ),
            (
                [
                    "train/a/1.png=images/rgb.png", "test/a/1.png=images/rgb.png",
                    "test/b/1.png=images/rgb.png",
                ],
                "/train: expected the classes of 'test', but there is no folder for 'b'"
            ),
            (
                [
                    "train/a/1.png=images/rgb.png", "test/a/1.png=images/rgb.png",
                    "docs/x/1.png=images/rgb.png",
                ],
                "lie beside others ('docs')"
            ),
            (
                ["val/a/1.png=images/rgb.png", "validation/a/1.png=images/rgb.png"],
                "several folders mean the same split: val, validation"
            ),
        ] as [([String], String)])
    func `What is no dataset is said to be none`(entries: [String], message: String) throws {
        try PictureTree.with(entries) { root in
            let error = #expect(throws: DatasetError.self) { try Dataset.imageFolder(root) }
            #expect("\(error!)".contains(message), "\(error!)")
            #expect("\(error!)".contains(root.dropLast()), "\(error!)")
        }
    }

    @Test func `A folder that is not there is an error`() {
        #expect(throws: DatasetError.unreadable(path: "/no/where", reason: "No such file or directory")) {
            try Dataset.imageFolder("/no/where/")
        }
    }

    @Test func `A link that leads back is followed once`() throws {
        try PictureTree.with(["a/x/1.png=\(Self.rgb)"]) { root in
            try FileManager.default.createSymbolicLink(
                atPath: "\(root)/a/x/up", withDestinationPath: "\(root)/a")
            #expect(try Dataset.imageFolder(root).samples.map(\.identifier) == ["a/x/1.png"])
        }
    }

    @Test func `Broken pictures fail or are skipped and listed`() throws {
        let entries = [
            "a/1.png=\(Self.rgb)", "a/2.jpg=broken/cut.jpg", "b/3.png=\(Self.rgb)",
            "b/4.png=broken/empty.png",
        ]
        try PictureTree.with(entries) { root in
            let dataset = try Dataset.imageFolder(root)
            #expect(dataset.samples.count == 4)
            let path = dataset.samples[1].identifier
            let error = #expect(throws: DatasetError.self) { try dataset.verified() }
            #expect("\(error!)".contains(path))
            let rest = try Dataset.imageFolder(root, onError: .skip)
            #expect(rest.samples.map(\.identifier) == ["a/1.png", "b/3.png"])
            #expect(rest.skipped.map(\.identifier) == ["a/2.jpg", "b/4.png"])
            #expect(rest.skipped[0].reason.contains("Premature end of JPEG file"))
            #expect(try rest.verified().samples.count == 2)
        }
    }

    @Test func `Skipping must leave something of every class`() throws {
        try PictureTree.with(["a/1.png=\(Self.rgb)", "b/2.jpg=broken/cut.jpg"]) { root in
            let error = #expect(throws: DatasetError.self) { try Dataset.imageFolder(root, onError: .skip) }
            #expect("\(error!)".contains("class 'b' has no pictures"))
        }
    }
}
