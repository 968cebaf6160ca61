import Foundation
import Synchronization
import Wording

/// Writes a file so that it is either whole or not there: under another name in the same folder first.
/// - Throws: ``ReportError/unwritable(file:reason:)``
package func writeAtomically(_ data: Data, to file: URL) throws(ReportError) {
    try writeAtomically([(file, data)])
}

/// Writes a text likewise.
/// - Throws: ``ReportError/unwritable(file:reason:)``
package func writeAtomically(_ text: String, to file: URL) throws(ReportError) {
    try writeAtomically(Data(text.utf8), to: file)
}

/// Writes files so that each is whole or as it was before, and all are there for good: not even a power cut leaves an
/// empty one.
///
/// The disk is waited for by a thread for each file: a journal, as ext4 keeps it, is then written once for all of them
/// and not once for each, which would take longer than to train a small head.
/// - Throws: ``ReportError/unwritable(file:reason:)``; then none is replaced, but where a name cannot be given.
package func writeAtomically(_ files: [(url: URL, data: Data)]) throws(ReportError) {
    var drafts: [Draft] = []
    defer { for draft in drafts { draft.discard() } }
    for file in files {
        do { drafts.append(try Draft(file.data, for: file.url)) } catch {
            throw .unwritable(file: file.url.path(percentEncoded: false), reason: reason(of: error))
        }
    }
    if let error = settle(drafts) { throw error }
    for draft in drafts { if let error = draft.attempt(draft.publish) { throw error } }
}

/// Waits until the disk has all of them.
/// - Returns: what went wrong with one of them.
private func settle(_ drafts: [Draft]) -> ReportError? {
    guard drafts.count > 1 else { return drafts.first.flatMap { $0.attempt($0.settle) } }
    let (first, group) = (FirstError(), DispatchGroup())
    for draft in drafts {
        group.enter()
        Thread {
            first.keep(draft.attempt(draft.settle))
            group.leave()
        }.start()
    }
    group.wait()
    return first.error
}

private final class FirstError: Sendable {
    private let kept = Mutex<ReportError?>(nil)

    var error: ReportError? { kept.withLock { $0 } }

    func keep(_ error: ReportError?) { kept.withLock { $0 = $0 ?? error } }
}

/// A file under a name of its own, which begins with a dot, until it is whole.
private struct Draft: Sendable {
    let target: URL
    private let path: String

    /// Writes the contents.
    init(_ data: Data, for target: URL) throws {
        self.target = target
        let draft = target.deletingLastPathComponent().appending(path: ".\(UUID().uuidString).tmp")
        path = draft.path(percentEncoded: false)
        let file = try Self.open(path, O_WRONLY | O_CREAT | O_EXCL)
        do { try file.write(contentsOf: data) } catch {
            discard()
            throw error
        }
    }

    /// Waits until the disk has them.
    func settle() throws {
        let file = try Self.open(path, O_RDONLY)
        // A file system without a disk says that there is nothing to wait for.
        guard fsync(file.fileDescriptor) == 0 || errno == EINVAL else { throw Self.failure() }
    }

    /// Gives the file its name.
    func publish() throws {
        guard rename(path, target.path(percentEncoded: false)) == 0 else { throw Self.failure() }
    }

    /// What goes wrong with a step.
    func attempt(_ step: () throws -> Void) -> ReportError? {
        do {
            try step()
            return nil
        } catch {
            return .unwritable(file: target.path(percentEncoded: false), reason: reason(of: error))
        }
    }

    /// Removes the draft, if it has not become the file.
    func discard() { unlink(path) }

    private static func open(_ path: String, _ flags: CInt) throws -> FileHandle {
        let descriptor = Foundation.open(path, flags | O_CLOEXEC, 0o666)
        guard descriptor >= 0 else { throw failure() }
        return FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    }

    private static func failure() -> NSError { NSError(domain: NSPOSIXErrorDomain, code: Int(errno)) }
}
