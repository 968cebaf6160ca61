import Foundation
import TestSupport
import Testing

@testable import Datasets

/// Small replicas of the layouts that collections of faces come in.
@Suite struct FaceDatasetsTests {
    private let picture = "images/grey.png"

    private func tree<Result>(
        _ files: [String], texts: [String: String] = [:], _ body: (String) throws -> Result
    ) throws -> Result {
        try PictureTree.with(files.map { "\($0)=\(picture)" }, texts: texts, body)
    }

    @Test func `CK+48 is folders of classes whose files' names carry the subject`() throws {
        let files = [
            "anger/S010_004_00000017.png", "anger/S011_004_00000019.png", "happy/S010_006_00000015.png",
        ]
        try tree(files) { root in
            let dataset = try Dataset.ckPlus(root)
            #expect(dataset.classNames == ["anger", "happy"])
            #expect(dataset.samples.map(\.group) == ["S010", "S011", "S010"])
        }
        try tree(["anger/17.png", "happy/S010_006_00000015.png"]) { root in
            let error = #expect(throws: DatasetError.self) { try Dataset.ckPlus(root) }
            #expect("\(error!)".hasSuffix("begins with the subject, as S010_004_00000017.png, found 17.png"))
        }
    }

    private func sequence(_ subject: String, _ number: String, _ count: Int) -> [String] {
        (1...count).map { "cohn-kanade-images/\(subject)/\(number)/\(subject)_\(number)_0000000\($0).png" }
    }

    @Test func `CK+'s release gives the last frames of labelled sequences, and the first as neutral`() throws
    {
        let files = sequence("S005", "001", 5) + sequence("S010", "002", 4) + sequence("S010", "003", 4)
        let texts = [
            "Emotion/S005/001/S005_001_00000005_emotion.txt": "   3.0000000e+00\n",
            "Emotion/S010/002/S010_002_00000004_emotion.txt": "   7.0000000e+00\n",
            "FACS/S005/001/S005_001_00000005_facs.txt": "   9.0000000e+00   4.0000000e+00\n",
        ]
        try tree(files, texts: texts) { root in
            try FileManager.default.createDirectory(
                atPath: "\(root)/Emotion/S010/003", withIntermediateDirectories: true)
            let peaks = try Dataset.ckPlus(root)
            #expect(peaks.classNames.count == 7)
            #expect(peaks.counts == [0, 0, 3, 0, 0, 0, 3])
            #expect(peaks.samples.map(\.group) == ["S005", "S005", "S005", "S010", "S010", "S010"])
            #expect(peaks.samples[0].identifier == files[2] && peaks.samples[5].identifier == files[8])
            let neutral = try Dataset.ckPlus(root, lastFrames: 1, neutral: true)
            #expect(neutral.classNames.last == "neutral")
            #expect(neutral.counts == [0, 0, 1, 0, 0, 0, 1, 2])
            #expect(neutral.samples.map(\.identifier) == [files[0], files[4], files[5], files[8]])
        }
    }

    @Test func `What is wrong with CK+'s release is said, with the file`() throws {
        let label = "Emotion/S005/001/S005_001_00000005_emotion.txt"
        try tree(sequence("S005", "001", 2), texts: [label: "9.0"]) { root in
            let error = #expect(throws: DatasetError.self) { try Dataset.ckPlus(root) }
            #expect(
                "\(error!)" == "\(root)/\(label): expected the number of an emotion, from 1 to 7, found '9.0'"
            )
        }
        try tree(sequence("S005", "001", 2), texts: [label: "1", "Emotion/S006/001/x_emotion.txt": "1"]) {
            root in
            #expect(throws: DatasetError.self) { try Dataset.ckPlus(root) }
            let dataset = try Dataset.ckPlus(root, onError: .skip)
            #expect(dataset.samples.count == 2 && dataset.skipped.count == 1)
        }
        try tree(sequence("S005", "001", 2)) { root in
            let error = #expect(throws: DatasetError.self) { try Dataset.ckPlus(root) }
            #expect("\(error!)" == "\(root)/Emotion: no such folder; it holds the labels")
        }
    }

    @Test func `JAFFE's names tell subject and emotion`() throws {
        let files = ["KA.AN1.39.tiff", "KA.HA2.30.tiff", "YM.NE3.51.tiff", "YM.FE1.67.tiff"]
        try tree(files) { root in
            let dataset = try Dataset.jaffe(root)
            #expect(
                dataset.samples.map { dataset.classNames[$0.label] } == ["angry", "happy", "fear", "neutral"])
            #expect(dataset.samples.map(\.group) == ["KA", "KA", "YM", "YM"])
        }
        try tree(files + ["KA.XX1.39.tiff"]) { root in
            let error = #expect(throws: DatasetError.self) { try Dataset.jaffe(root) }
            #expect("\(error!)".contains("KA.XX1.39.tiff: expected a name of subject, emotion"))
            let skipped = try Dataset.jaffe(root, onError: .skip).skipped
            #expect(skipped.map(\.identifier) == ["KA.XX1.39.tiff"])
        }
    }

    @Test func `RAF-DB's list names aligned pictures`() throws {
        let list = "basic/EmoLabel/list_patition_label.txt"
        let files = ["train_00001_aligned.jpg", "train_00002_aligned.jpg", "test_0001_aligned.jpg"]
            .map { "basic/Image/aligned/\($0)" }
        try tree(files, texts: [list: "train_00001.jpg 5\ntrain_00002.jpg 1\ntest_0001.jpg 7\n"]) { root in
            let dataset = try Dataset.rafDB(root)
            #expect(
                dataset.samples.map { dataset.classNames[$0.label] } == ["sadness", "surprise", "neutral"])
            #expect(dataset.samples.map(\.split) == [.train, .train, .test])
            #expect(dataset.samples.map(\.identifier) == files)
        }
        try tree(files, texts: [list: "train_00001.jpg 5\ntrain_00003.jpg 1\n"]) { root in
            let error = #expect(throws: DatasetError.self) { try Dataset.rafDB(root) }
            #expect("\(error!)".hasPrefix("\(root)/\(list):2: there is no picture"))
            let rest = try Dataset.rafDB(root, onError: .skip)
            #expect(rest.samples.count == 1)
        }
        try tree(files, texts: [list: "train_00001.jpg 8\n"]) { root in
            let error = #expect(throws: DatasetError.self) { try Dataset.rafDB(root) }
            #expect("\(error!)".hasPrefix("\(root)/\(list):1: expected a picture's name"))
        }
    }

    @Test func `Kaggle's RAF-DB has numbered folders`() throws {
        let files = ["train", "test"].flatMap { split in
            (1...7).map { "DATASET/\(split)/\($0)/\(split)_\($0).jpg" }
        }
        try tree(files, texts: ["train_labels.csv": "image,label\ntrain_1.jpg,1\n"]) { root in
            for folder in [root, "\(root)/DATASET"] {
                let dataset = try Dataset.rafDB(folder)
                #expect(dataset.classNames == Dataset.rafDBClassNames)
                #expect(dataset.counts(in: .train) == [1, 1, 1, 1, 1, 1, 1])
                #expect(dataset.counts(in: .test) == [1, 1, 1, 1, 1, 1, 1])
            }
            #expect(throws: DatasetError.self) { try Dataset.rafDB("\(root)/DATASET/train") }
        }
    }

    @Test func `AffectNet's annotations are NumPy files beside the pictures`() throws {
        try tree(["train_set/images/1.jpg", "train_set/images/2.jpg", "val_set/images/7.jpg"]) { root in
            for (picture, array) in [
                ("train_set/annotations/1", "text"), ("train_set/annotations/2", "float"),
                ("val_set/annotations/7", "int64"),
            ] {
                let target = URL(filePath: "\(root)/\(picture)_exp.npy")
                try FileManager.default.createDirectory(
                    at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
                try FileManager.default.copyItem(at: Fixtures.url("faces/npy/\(array).npy"), to: target)
            }
            let dataset = try Dataset.affectNet(root)
            #expect(dataset.samples.map { dataset.classNames[$0.label] } == ["contempt", "sad", "disgust"])
            #expect(dataset.samples.map(\.split) == [.train, .train, .validation])
            try FileManager.default.removeItem(atPath: "\(root)/train_set/annotations/2_exp.npy")
            let error = #expect(throws: DatasetError.self) { try Dataset.affectNet(root) }
            #expect("\(error!)" == "\(root)/train_set/annotations/2_exp.npy: No such file or directory")
            #expect(try Dataset.affectNet(root, onError: .skip).samples.count == 2)
        }
    }

    @Test func `AffectNet's folders are numbered from class001, or as its numbers from 0`() throws {
        try tree(["train_class/class001/a.jpg", "train_class/class004/b.jpg", "val_class/class001/c.jpg"]) {
            root in
            let dataset = try Dataset.affectNet(root)
            #expect(
                dataset.samples.map { dataset.classNames[$0.label] } == ["neutral", "surprise", "neutral"])
            #expect(dataset.splits == [.train, .validation])
        }
        try tree(["train/0/a.jpg", "train/6/b.jpg", "val/0/c.jpg", "val/6/d.jpg"]) { root in
            let dataset = try Dataset.affectNet(root)
            #expect(dataset.classNames == ["neutral", "anger"])
        }
    }

    @Test(arguments: [
        ("text", 7.0), ("bytes", 6), ("int64", 5), ("big", 4), ("one", 3), ("float", 2), ("negative", -1),
    ])
    func `Numbers are read as NumPy writes them`(name: String, number: Double) throws {
        #expect(try NumPyScalar(contentsOfFile: Fixtures.path("faces/npy/\(name).npy")).number == number)
    }

    @Test func `NumPy files that hold something else, or are cut, are refused`() throws {
        for name in ["many", "word"] {
            #expect(throws: DatasetError.self) {
                try NumPyScalar(contentsOfFile: Fixtures.path("faces/npy/\(name).npy"))
            }
        }
        let whole = try Data(contentsOf: Fixtures.url("faces/npy/int64.npy"))
        try Fixtures.withTemporaryFolder { folder in
            let file = folder.appending(path: "cut.npy")
            for count in 0..<whole.count {
                try whole.prefix(count).write(to: file)
                #expect(throws: DatasetError.self) { try NumPyScalar(contentsOfFile: file.path) }
            }
        }
    }
}

@Suite struct ImageListTests {
    private func list<Result>(_ text: String, _ body: (String) throws -> Result) throws -> Result {
        try PictureTree.with(["a/1.png=images/grey.png", "a/2.png=images/grey.png"]) { root in
            try Data(text.utf8).write(to: URL(filePath: "\(root)/list.csv"))
            return try body("\(root)/list.csv")
        }
    }

    @Test func `A table lists pictures beside it, with classes, splits and subjects`() throws {
        let text = "subject,path,label,split\nS1,a/1.png,happy,train\nS2,a/2.png,angry,val\n,a/1.png,happy,\n"
        try list(text) { file in
            let dataset = try Dataset.imageList(file)
            #expect(dataset.classNames == ["angry", "happy"])
            #expect(dataset.samples.map(\.label) == [1, 0, 1])
            #expect(dataset.samples.map(\.group) == ["S1", "S2", nil])
            #expect(dataset.samples.map(\.split) == [.train, .validation, nil])
            _ = try dataset.samples[0].image()
        }
    }

    @Test func `Columns may have other names, and numbers are in their order`() throws {
        try list("f,c,who\na/1.png,10,x\na/2.png,9,y\n") { file in
            let dataset = try Dataset.imageList(
                file, columns: ImageListColumns(image: "f", label: "c", group: "who"))
            #expect(dataset.classNames == ["9", "10"])
            #expect(dataset.samples.map(\.group) == ["x", "y"])
        }
    }

    @Test(arguments: [
        ("label\n1\n", "expected a column 'path', found the columns label"),
        ("path,label\na/3.png,x\n", "list.csv:2: there is no picture"),
        ("path,label\na/1.png\n", "list.csv:2: expected 2 columns, found 1"),
        ("path,label,split\na/1.png,x,some\n", "list.csv:2: expected the split train, validation or test"),
        ("path,label\na/1.png,\n", "list.csv:2: expected a picture and its class"),
        ("", "expected a header"), ("path,label\n", "there is not one sample"),
    ])
    func `What is wrong with a table is said, with the line`(text: String, message: String) throws {
        try list(text) { file in
            let error = #expect(throws: DatasetError.self) { try Dataset.imageList(file) }
            #expect("\(error!)".contains(message), "\(error!)")
        }
    }
}
