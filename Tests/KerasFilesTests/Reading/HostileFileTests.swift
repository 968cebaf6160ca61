import Foundation
import TestSupport
import Testing

@testable import KerasFiles

@Suite struct HostileFileTests {
    /// The error, which must name the file.
    private static func error(opening path: String, in place: ReadingPlace = .childProcess()) -> String {
        do {
            let file = try WeightsFile(path, in: place)
            for layer in file.layers { for array in layer.arrays { _ = try file.read(array) } }
            return "no error"
        } catch {
            return error is KerasFileError && "\(error)".hasPrefix(path + ": ")
                ? String("\(error)".dropFirst(path.count + 2)) : "wrong error: \(error)"
        }
    }

    @Test(arguments: [
        ("external_link", "'/conv/kernel' is a link to another file; expected the data itself"),
        ("soft_link", "'/conv/kernel' is a link; expected"),
        ("link_in_path", "'/conv/other' is a link to another file"),
        ("external_storage", "'/conv/kernel' is a link to another file"),
        ("virtual", "'/conv/kernel' is a link to another file"),
        ("huge", "'/conv/kernel' claims the shape [1048576, 1048576], but the file has only"),
        ("huge_chunk", "'/conv/kernel' claims the shape [1], but the file has only 0 bytes"),
        ("overflow", "'/conv/kernel' claims the shape [1099511627776, 1099511627776, 0]"),
        ("never_written", "'/conv/kernel' claims the shape [4096, 4096], but the file has only 0 bytes"),
        ("text", "expected '/conv/kernel' to hold numbers, found text"),
        ("records", "expected '/conv/kernel' to hold numbers, found records"),
        ("bfloat16", "expected '/conv/kernel' to hold numbers, found opaque data of 2 bytes (bfloat16?)"),
        ("group_for_array", "expected an array '/conv/kernel', found none"),
        ("array_for_group", "expected a group '/conv', found none"),
        ("missing_array", "expected an object '/conv/kernel', found none"),
        ("missing_group", "expected an object '/gone', found none"),
        ("dot", "expected an object '/.', found none"),
        ("numbers_for_names", "expected attribute 'layer_names' of '/' to be text, found numbers"),
        ("not_keras", "expected weights as Keras writes them"),
        ("broken_config", "expected attribute 'model_config' of '/' to be a model as JSON"),
        ("bad_chunk", "could not read '/conv/kernel': "),
    ])
    func `What no Keras wrote is refused with a reason`(name: String, reason: String) {
        let error = Self.error(opening: Fixtures.path("keras_files/hostile/\(name).h5"))
        #expect(error.hasPrefix(reason), "\(error)")
    }

    @Test func `A missing file and a folder are named`() throws {
        #expect(Self.error(opening: "nowhere/x.h5") == "there is no such file")
        let folder = Fixtures.path("keras_files")
        #expect(Self.error(opening: folder) == "expected an HDF5 file, found a folder")
    }

    @Test(arguments: [
        ("", "an empty file"), ("<!DOCTYPE html>", "a web page"),
        ("version https://git-lfs.github.com/spec/v1", "a Git LFS pointer"), ("hello", "something else"),
    ])
    func `A file of another kind is told by its first bytes`(start: String, kind: String) throws {
        try Fixtures.withTemporaryFolder { folder in
            let path = folder.appending(path: "x.h5").path(percentEncoded: false)
            try Data(start.utf8).write(to: URL(filePath: path))
            #expect(Self.error(opening: path).hasPrefix("expected an HDF5 file, found \(kind)"))
        }
    }

    @Test(arguments: ["small.weights.h5", "small_weights.h5", "float64_gzip.h5"])
    func `A file cut short anywhere is damaged, and nothing crashes`(name: String) throws {
        let whole = try Data(contentsOf: Fixtures.url("keras_files/\(name)"))
        try Fixtures.withTemporaryFolder { folder in
            let path = folder.appending(path: name).path(percentEncoded: false)
            for length in stride(from: 8, to: whole.count, by: whole.count / 40) {
                try whole.prefix(length).write(to: URL(filePath: path))
                let error = Self.error(opening: path, in: .thisProcess)
                #expect(error.hasPrefix("the file is incomplete or damaged ("), "\(length): \(error)")
            }
        }
    }
}
