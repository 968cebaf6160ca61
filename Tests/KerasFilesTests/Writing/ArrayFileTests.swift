import Foundation
import Tensors
import TestSupport
import Testing

@testable import KerasFiles

@Suite struct ArrayFileTests {
    private static let arrays: [String: Tensor] = [
        "parameters/conv1/kernel": Tensor([1, -2.5, .pi, 0x1p-140, .infinity, 0], shape: [2, 3]),
        "parameters/conv1/bias": Tensor([7], shape: [1]),
        "optimizer/conv1/kernel/0": Tensor((0..<24).map(Float.init), shape: [2, 3, 4]),
        "scalar": Tensor([0.5], shape: []),
    ]

    @Test func `What is written is read back, bit for bit`() throws {
        try Fixtures.withTemporaryFolder { folder in
            let path = folder.appending(path: "x.h5").path(percentEncoded: false)
            let text = "Grüße, " + String(repeating: "{}", count: 50_000)
            try ArrayFile(text: text, arrays: Self.arrays).write(to: path)
            let read = try ArrayFile(contentsOf: path)
            #expect(read.text == text)
            #expect(read.arrays == Self.arrays)
            try ArrayFile(text: "").write(to: path)
            #expect(try ArrayFile(contentsOf: path).arrays.isEmpty)
        }
    }

    @Test func `A file that h5py wrote, with zlib's checksum, is read`() throws {
        let file = try ArrayFile(contentsOf: Fixtures.path("checkpoints/array_file.h5"))
        #expect(file.text == "checkpoint ü")
        #expect(file.arrays.keys.sorted() == ["best/dense/bias", "parameters/a", "parameters/dense/kernel"])
        #expect(file.arrays["parameters/dense/kernel"]?.elements == (0..<6).map { Float($0) / 3 })
        #expect(file.arrays["parameters/dense/kernel"]?.shape == [3, 2])
    }

    @Test func `A byte that is another is found wherever it is`() throws {
        try Fixtures.withTemporaryFolder { folder in
            let path = folder.appending(path: "x.h5").path(percentEncoded: false)
            try ArrayFile(text: "some text", arrays: Self.arrays).write(to: path)
            let sound = try Data(contentsOf: URL(filePath: path))
            for place in stride(from: 0, to: sound.count, by: 7) {
                var damaged = sound
                damaged[place] ^= 0x41
                try damaged.write(to: URL(filePath: path))
                let error = #expect(throws: KerasFileError.self, "byte \(place)") {
                    _ = try ArrayFile(contentsOf: path)
                }
                #expect("\(try #require(error))".hasPrefix("\(path): the file is incomplete or damaged"))
            }
        }
    }

    @Test func `Other HDF5 files are refused`() throws {
        let path = Fixtures.path("keras_files/small_model.h5")
        let error = #expect(throws: KerasFileError.self) { _ = try ArrayFile(contentsOf: path) }
        #expect(
            "\(try #require(error))".hasPrefix(
                "\(path): the file is incomplete or damaged (it has no checksum"))
    }

    @Test func `A file that cannot be written is named, and what was there stays`() throws {
        try Fixtures.withTemporaryFolder { folder in
            let missing = folder.appending(path: "none/x.h5").path(percentEncoded: false)
            #expect(throws: KerasFileError.write(file: missing, reason: "there is no such folder")) {
                try ArrayFile(text: "").write(to: missing)
            }
        }
    }

    @Test func `The old file is still there when the new one is complete`() throws {
        try Fixtures.withTemporaryFolder { folder in
            let path = folder.appending(path: "x.h5").path(percentEncoded: false)
            let kept = folder.appending(path: "kept.h5").path(percentEncoded: false)
            try ArrayFile(text: "old").write(to: path)
            try ArrayFile(text: "new", arrays: Self.arrays).write(to: path) {
                try? FileManager.default.moveItem(atPath: path, toPath: kept)
            }
            #expect(try ArrayFile(contentsOf: kept).text == "old")
            #expect(try ArrayFile(contentsOf: path).text == "new")
        }
    }
}
