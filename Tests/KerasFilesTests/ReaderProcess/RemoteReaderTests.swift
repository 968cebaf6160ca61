import Foundation
import TestSupport
import Testing

@testable import KerasFiles

/// What becomes of a reading process that fails, or that a file has taken over.
@Suite struct RemoteReaderTests {
    private static let file = Fixtures.path("keras_files/small_model.h5")

    /// The error when a shell script is the reader; its standard input leads to this process.
    private static func error(
        reader script: String, limits: ReaderLimits = ReaderLimits(patience: 30)
    ) throws -> String {
        do {
            _ = try RemoteReader(
                FileBytes(file), limits: limits, program: "/bin/sh", arguments: ["-c", script]
            ).contents()
            return "no error"
        } catch {
            let prefix = "\(file): its structure is damaged or hostile: "
            return "\(error)".hasPrefix(prefix)
                ? String("\(error)".dropFirst(prefix.count)) : "wrong: \(error)"
        }
    }

    /// The words that make a reader answer.
    private static func answering(_ json: String) -> String {
        let length = withUnsafeBytes(of: UInt64(json.utf8.count).littleEndian) { bytes in
            bytes.map { "\\" + String($0, radix: 8) }.joined()
        }
        return "printf '\(length)' >&0; printf '%s' '\(json)' >&0; read never"
    }

    @Test(arguments: [
        (
            "kill -SEGV $$",
            "its reader was ended by signal 11 (Segmentation fault), perhaps for want of memory"
        ),
        ("kill -ABRT $$", "its reader was ended by signal 6 (Aborted)"),
        ("kill -XCPU $$", "reading it took more than 20 seconds of processor time"),
        ("exit 3", "its reader ended with code 3 before it had answered"),
        (
            "printf '\\377\\377\\377\\377\\377\\377\\377\\377' >&0; read never",
            "it made its reader say what cannot be (a message of 18446744073709551615 bytes)"
        ),
        (answering("{}"), "it made its reader say what cannot be (a message that cannot be understood)"),
        (answering(#"{"numbers":{"byteCount":4}}"#), "it made its reader say what cannot be (another answer"),
    ])
    func `A reader that falls or lies is an error that names the file`(script: String, reason: String) throws
    {
        let error = try Self.error(reader: script)
        #expect(error.hasPrefix(reason), "\(error)")
    }

    @Test func `A reader that says nothing is given up`() throws {
        let error = try Self.error(reader: "exec sleep 60", limits: ReaderLimits(patience: 0.05))
        #expect(error == "reading it took more than 0.05 seconds")
    }

    @Test func `A reader that cannot be started is named`() throws {
        let error = #expect(throws: KerasFileError.self) {
            try RemoteReader(FileBytes(Self.file), limits: ReaderLimits(), program: "/no/where/graft")
        }
        #expect(error == .noReader(file: Self.file, expected: "/no/where/graft"))
    }

    @Test func `A file that needs more memory than it may have is an error`() throws {
        let path = Fixtures.path("keras_files/models/keras3_transfer.keras")
        let error = #expect(throws: KerasFileError.self) {
            try WeightsFile(path, in: .childProcess(ReaderLimits(memory: 1 << 12)))
        }
        #expect("\(try #require(error))".hasPrefix("\(path): "))
    }

    @Test(arguments: [
        "small.weights.h5", "small_model.h5", "nested_model.h5", "float64_gzip.h5", "float16.h5",
        "models/keras1.h5", "models/keras3_transfer.keras", "models/keras2_teachable_machine.keras",
    ])
    func `Both ways of reading give the same layers and numbers`(name: String) throws {
        let path = Fixtures.path("keras_files/\(name)")
        let (here, there) = (try WeightsFile(path, in: .thisProcess), try WeightsFile(path))
        #expect(here.layers == there.layers)
        #expect(here.summary == there.summary)
        #expect(here.config?.text == there.config?.text)
        for array in here.layers.flatMap(\.arrays) {
            #expect(try here.read(array) == there.read(array), "\(array.path)")
            #expect(array.isConverted == (name.hasPrefix("float")), "\(array.path)")
        }
    }

    @Test func `A named pipe is told apart, and nobody waits for it`() throws {
        try Fixtures.withTemporaryFolder { folder in
            let path = folder.appending(path: "x.h5").path(percentEncoded: false)
            try #require(mkfifo(path, 0o600) == 0)
            #expect(throws: KerasFileError.notHDF5(file: path, found: "a device or pipe")) {
                try WeightsFile(path)
            }
        }
    }
}
