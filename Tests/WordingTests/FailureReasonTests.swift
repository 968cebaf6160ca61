import Foundation
import TestSupport
import Testing
import Wording

@Suite struct FailureReasonTests {
    private func reasonOf(_ work: () throws -> Void) -> String? {
        do { try work() } catch { return reason(of: error) }
        return nil
    }

    @Test func `A file that cannot be read or written is told of in the system's words`() throws {
        try Fixtures.withTemporaryFolder { folder in
            let file = folder.appending(path: "file")
            try Data("x".utf8).write(to: file)
            #expect(
                reasonOf { _ = try Data(contentsOf: folder.appending(path: "none")) }
                    == "No such file or directory")
            #expect(reasonOf { _ = try Data(contentsOf: folder) } == "Is a directory")
            #expect(
                reasonOf { try Data().write(to: file.appending(path: "x")) }
                    == "Not a directory")
            #expect(
                reasonOf { _ = try FileManager.default.contentsOfDirectory(atPath: file.path) }
                    == "Not a directory")
        }
    }

    @Test(.enabled(if: FileManager.default.fileExists(atPath: "/dev/full"), "needs /dev/full"))
    func `A full disk is called so`() throws {
        let disk = try FileHandle(forWritingTo: URL(filePath: "/dev/full"))
        #expect(reasonOf { try disk.write(contentsOf: Data(count: 1)) } == "No space left on device")
        #expect(reasonOf { throw CocoaError(.fileWriteOutOfSpace) } == "No space left on device")
    }

    @Test(arguments: [
        (ENOSPC, "No space left on device"), (EFBIG, "File too large"), (EDQUOT, "Disk quota exceeded"),
    ])
    func `Causes are told however they are wrapped`(code: Int32, text: String) throws {
        let posix = POSIXError(try #require(POSIXErrorCode(rawValue: code)))
        #expect(reason(of: posix) == text)
        let whole = NSError(domain: NSPOSIXErrorDomain, code: Int(code))
        for underlying: any Error in [posix, whole] {
            let wrapped = CocoaError(.fileWriteUnknown, userInfo: [NSUnderlyingErrorKey: underlying])
            #expect(reason(of: wrapped) == text)
            #expect(reason(of: wrapped as NSError) == text)
        }
    }

    @Test func `An error of the program's own keeps its sentence`() {
        struct Problem: Error, CustomStringConvertible { let description = "layer 'x': expected 3, found 4" }
        #expect(reasonOf { throw Problem() } == "layer 'x': expected 3, found 4")
    }
}
