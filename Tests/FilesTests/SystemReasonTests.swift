import Files
import Foundation
import TestSupport
import Testing

@Suite struct SystemReasonTests {
    private func reasonOf(_ body: () throws -> Void) -> String? {
        do { try body() } catch { return reason(of: error) }
        return nil
    }

    @Test(arguments: [Data.WritingOptions.atomic, []])
    func `What the system says is found below what Foundation says`(options: Data.WritingOptions) throws {
        try Fixtures.withTemporaryFolder { folder in
            let missing = folder.appending(path: "missing/file")
            #expect(
                reasonOf { try Data([1]).write(to: missing, options: options) } == "No such file or directory"
            )
            #expect(reasonOf { try Data([1]).write(to: folder, options: options) } == "Is a directory")
        }
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

    @Test func `A full disk without a cause is one`() {
        #expect(reason(of: CocoaError(.fileWriteOutOfSpace)) == "No space left on device")
    }

    @Test func `A device that is full says so`() throws {
        let device = try FileHandle(forWritingTo: URL(filePath: "/dev/full"))
        #expect(reasonOf { try device.write(contentsOf: Data([1])) } == "No space left on device")
    }
}
