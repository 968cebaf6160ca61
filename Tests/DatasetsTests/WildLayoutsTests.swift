import Foundation
import TestSupport
import Testing

@testable import Datasets

/// Folders and tables as people have them: from Windows and Macs, from spreadsheets, converted, incomplete.
@Suite struct WildLayoutsTests {
    private static let picture = "images/rgb.png"

    private func tree<Result>(
        _ files: [String], texts: [String: String] = [:], _ body: (String) throws -> Result
    ) throws -> Result {
        try PictureTree.with(
            files.map { $0.hasSuffix("/") ? $0 : "\($0)=\(Self.picture)" }, texts: texts, body)
    }

    @Test func `RAF-DB's list may have the line ends of Windows`() throws {
        let files = ["train_00001_aligned.jpg", "test_0001_aligned.jpg"].map { "Image/aligned/\($0)" }
        let list = "EmoLabel/list_patition_label.txt"
        try tree(files, texts: [list: "train_00001.jpg 5\r\ntest_0001.jpg 7\r\n"]) { root throws in
            #expect(try Dataset.rafDB(root).samples.map(\.label) == [4, 6])
        }
        try tree(files, texts: [list: "train_00001.jpg 5\r\ntest_0001.jpg 8\r\n"]) { root throws in
            let error = #expect(throws: DatasetError.self) { try Dataset.rafDB(root) }
            #expect("\(error!)".hasSuffix("from 1 to 7, found 'test_0001.jpg 8'"), "\(error!)")
            #expect("\(error!)".contains("\(list):2:"))
        }
    }

    @Test(arguments: [";", "\t", ","])
    func `A table may be separated by semicolons or tabs, have paths of Windows and a mark`(
        separator: String
    ) throws {
        let rows = [
            ["path", "label", "subject"], [#"a b\ö.png"#, "froh", "S1"], [#"a b\c.png"#, "traurig", ""],
        ]
        let text = "\u{FEFF}" + rows.map { $0.joined(separator: separator) + "\r\n" }.joined()
        try tree(["a b/ö.png", "a b/c.png"], texts: ["list.csv": text]) { root throws in
            let dataset = try Dataset.imageList("\(root)/list.csv")
            #expect(dataset.classNames == ["froh", "traurig"])
            #expect(dataset.samples.map(\.identifier) == ["a b/ö.png", "a b/c.png"])
            #expect(dataset.samples.map(\.group) == ["S1", nil])
            _ = try dataset.samples[0].image()
        }
    }

    @Test(arguments: ["\n", "\r\n", "\r"])
    func `A table's lines may end as on Windows and on Macs`(end: String) throws {
        let text = ["path,label", "1.png,x", "", "2.png,", "2.png,y"].joined(separator: end)
        try tree(["1.png", "2.png"], texts: ["list.csv": text]) { root throws in
            let error = #expect(throws: DatasetError.self) { try Dataset.imageList("\(root)/list.csv") }
            #expect("\(error!)".contains("list.csv:4: expected a picture and its class"), "\(error!)")
            #expect(try Dataset.imageList("\(root)/list.csv", onError: .skip).classNames == ["x", "y"])
        }
    }

    @Test func `Tables that are not UTF-8 are refused, since names would run into one`() throws {
        try tree(["1.png", "2.png"]) { root throws in
            let file = URL(filePath: "\(root)/list.csv")
            let latin = try #require("path,label\n1.png,ä\n2.png,ö\n".data(using: .isoLatin1))
            try latin.write(to: file)
            let list = #expect(throws: DatasetError.self) { try Dataset.imageList(file.path) }
            #expect("\(list!)".contains("list.csv:2: expected text in UTF-8, found"), "\(list!)")
            try Data("file,labels\n1.png,a;".utf8 + [0xE4, 0x0A]).write(to: file)
            let error = #expect(throws: DatasetError.self) { try Dataset.multiLabelCSV(file.path) }
            #expect("\(error!)".contains("list.csv:2: expected text in UTF-8, found"), "\(error!)")
            try #require("path,label\n1.png,x\n".data(using: .utf16)).write(to: file)
            for read in [{ try Dataset.imageList(file.path) }, { try Dataset.multiLabelCSV(file.path) }] {
                let error = #expect(throws: DatasetError.self) { try read() }
                #expect(
                    "\(error!)".hasSuffix("a table in UTF-8, found one in UTF-16; save it as 'CSV UTF-8'"))
            }
        }
    }

    @Test func `A table of several labels may be separated by tabs and have paths of Windows`() throws {
        let text = "file\tlabels\na\\1.png\tsea;dog\na\\2.png\t\n"
        try tree(["a/1.png", "a/2.png"], texts: ["list.csv": text]) { root throws in
            let dataset = try Dataset.multiLabelCSV("\(root)/list.csv")
            #expect(dataset.classNames == ["dog", "sea"])
            #expect(dataset.samples.map(\.identifier) == ["a/1.png", "a/2.png"])
            _ = try dataset.samples[1].image()
        }
    }

    @Test func `What a Mac adds to an archive is passed over`() throws {
        try tree(["a/1.png", "b/2.png", "__MACOSX/a/._1.png", "a/__MACOSX/._1.png"]) { root throws in
            let dataset = try Dataset.imageFolder(root)
            #expect(dataset.classNames == ["a", "b"] && dataset.samples.count == 2)
        }
    }

    @Test func `Folders of classes that are not wanted may be empty, or missing in a split`() throws {
        try tree(["a/1.png", "b/2.png", "empty/"]) { root throws in
            #expect(throws: DatasetError.self) { try Dataset.imageFolder(root) }
            let dataset = try Dataset.imageFolder(root, classes: ["b", "a"])
            #expect(dataset.classNames == ["a", "b"])
            let all = #expect(throws: DatasetError.self) { try Dataset.imageFolder(root, classes: ["c"]) }
            #expect("\(all!)".contains("'empty'"))
        }
        try tree(["train/a/1.png", "train/b/1.png", "train/c/1.png", "test/a/2.png", "test/b/2.png"]) {
            root throws in
            #expect(throws: DatasetError.self) { try Dataset.imageFolder(root) }
            #expect(try Dataset.imageFolder(root, classes: ["a", "b"]).samples.count == 4)
            #expect(throws: DatasetError.self) { try Dataset.imageFolder(root, classes: ["a", "c"]) }
        }
    }

    @Test func `Pictures of kinds that are not read are counted`() throws {
        let files = ["a/1.png", "a/2.BMP", "a/3.bmp", "a/notes.txt", "b/4.png", "b/5.webp"]
        try tree(files) { root throws in
            #expect(try Dataset.imageFolder(root).unreadKinds == ["bmp": 2, "webp": 1])
        }
    }

    @Test func `Splits without pictures of a class are told`() throws {
        let files = ["train/a/1.png", "train/b/1.png", "test/a/2.png", "test/b/2.png"]
        try tree(files) { root throws in
            #expect(try Dataset.imageFolder(root).missingClasses.isEmpty)
        }
        let text = "path,label,split\n1.png,a,train\n2.png,b,train\n3.png,a,val\n4.png,b,test\n"
        try tree(["1.png", "2.png", "3.png", "4.png"], texts: ["list.csv": text]) { root throws in
            let missing = try Dataset.imageList("\(root)/list.csv").missingClasses
            #expect(missing.map(\.split) == [.validation, .test])
            #expect(missing.map(\.classes) == [["b"], ["a"]])
        }
    }

    @Test func `JAFFE's pictures may have been converted, and their names be in lower case`() throws {
        try tree(["KA.AN1.39.tiff.jpg", "ym.ne3.51.png"]) { root throws in
            let dataset = try Dataset.jaffe(root)
            #expect(dataset.samples.map(\.label) == [0, 6])
            #expect(dataset.samples.map(\.group) == ["KA", "YM"])
        }
    }

    @Test(arguments: ["", "Manually_Annotated_file_lists/"])
    func `AffectNet's first release has tables, of which uncertain faces are left out`(folder: String) throws
    {
        let header = "subDirectory_filePath,face_x,facial_landmarks,expression,valence,arousal\n"
        let texts = [
            "\(folder)training.csv": header + "1/a.JPG,3,1;2,3,0.1,0.2\r\n1/b.jpg,3,1;2,10,0.1,0.2\r\n",
            "\(folder)validation.csv": header + "2/c.jpg,3,1;2,0,0.1,0.2\n",
        ]
        let pictures = "Manually_Annotated/Manually_Annotated_Images"
        let files = ["1/a.JPG", "1/b.jpg", "2/c.jpg"].map { "\(pictures)/\($0)" }
        try tree(files, texts: texts) { root throws in
            let dataset = try Dataset.affectNet(root)
            #expect(dataset.samples.map(\.identifier) == [files[0], files[2]])
            #expect(dataset.samples.map { dataset.classNames[$0.label] } == ["surprise", "neutral"])
            #expect(dataset.samples.map(\.split) == [.train, .validation])
        }
        try tree([files[0]], texts: texts) { root throws in
            let error = #expect(throws: DatasetError.self) { try Dataset.affectNet(root) }
            #expect("\(error!)".contains("\(folder)validation.csv:2: expected the picture"), "\(error!)")
            #expect(try Dataset.affectNet(root, onError: .skip).samples.count == 1)
        }
    }

    @Test func `Folders that are no expressions are not AffectNet`() throws {
        try tree(["basic/1.png", "compound/2.png"]) { root throws in
            let error = #expect(throws: DatasetError.self) { try Dataset.affectNet(root) }
            #expect("\(error!)".hasPrefix("\(root): expected train_set/images, training.csv"))
        }
        try tree(["train/Happy/1.png", "train/Anger/2.png", "test/Happy/3.png", "test/Anger/4.png"]) {
            root throws in
            #expect(try Dataset.affectNet(root).classNames == ["Anger", "Happy"])
        }
    }

    @Test func `Pictures for tests alone cannot be trained with`() throws {
        try tree(["test/a/1.png", "test/b/2.png"]) { root throws in
            let dataset = try Dataset.imageFolder(root, name: "faces")
            let error = #expect(throws: DatasetError.self) {
                try dataset.splitting(validation: 0.1, test: 0.1, seed: 1)
            }
            #expect(
                "\(error!)"
                    == "training split of dataset 'faces': expected pictures to learn from, found only "
                    + "pictures for test")
        }
    }

    @Test func `Samples are numbered by the classes of a network`() throws {
        try tree(["a/1.png", "c/2.png"]) { root throws in
            let dataset = try Dataset.imageFolder(root)
            let numbered = try #require(dataset.numbered(as: ["c", "b", "a"]))
            #expect(numbered.classNames == ["c", "b", "a"])
            #expect(numbered.samples.map(\.label) == [2, 0])
            #expect(dataset.numbered(as: ["a", "b"]) == nil)
        }
    }

    @Test func `How pictures were split is told in words`() throws {
        let method = SplitMethod(given: [.train, .validation, .test])
        #expect("\(method)" == "the data's own train, validation and test")
        #expect("\(SplitMethod())" == "none, all pictures are to train on")
    }
}
