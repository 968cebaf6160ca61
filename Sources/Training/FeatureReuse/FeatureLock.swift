import Foundation
import Tensors

/// Lets one program at a time compute the same features. It goes with the program, however that ends.
struct FeatureLock: ~Copyable {
    private let handle: FileHandle

    /// Takes the lock.
    /// - Parameter waiting: called ten times a second while another program has it; an error that it throws
    ///   ends the waiting.
    /// - Returns: nil where there is no locking: two programs may then compute the same.
    init?(_ work: ContentHash, of network: ContentHash, in store: FeatureStore, waiting: () throws -> Void)
        rethrows
    {
        let folder = store.folder.appending(path: ".locks")
        try? FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        // A few files for all time: works that share one wait for each other in vain, which is rare.
        let name = String("\(work)".prefix(2))
        let file = open(
            folder.appending(path: name).path(percentEncoded: false), O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        guard file >= 0 else { return nil }
        let handle = FileHandle(fileDescriptor: file, closeOnDealloc: true)
        while flock(file, LOCK_EX | LOCK_NB) != 0 {
            guard errno == EWOULDBLOCK || errno == EINTR else { return nil }
            try waiting()
            usleep(100_000)
        }
        self.handle = handle
    }

    deinit { try? handle.close() }
}
