import Foundation
import Tensors
import Wording

/// A file that is open for reading, whose numbers tensors can use where they are.
///
/// The system brings a mapped page into memory when it is first used, and may drop it again. A file must not be
/// written to in place while it is in use, then; a file that is replaced by another (as ``WeightsWriter`` does)
/// lives on unseen.
final class FileBytes: @unchecked Sendable {
    // Sendable: the mapping is made once, under the lock, and never written to.

    /// Arrays of fewer bytes are copied: whole pages for a few numbers are no gain.
    private static let leastMapped = 1 << 16

    let path: String
    let size: Int
    let descriptor: Int32
    private let modified: timespec
    private let lock = NSLock()
    private var mapping: UnsafeRawPointer?

    /// - Throws: ``KerasFileError`` where there is no file, or something else.
    init(_ path: String) throws {
        self.path = path
        if let model = SavedModel(path) { throw KerasFileError.savedModel(model) }
        // A named pipe without a writer would make us wait for one.
        descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else {
            if errno == ENOENT || errno == ENOTDIR { throw KerasFileError.noFile(path) }
            throw KerasFileError.unreadable(file: path, reason: systemReason())
        }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            close(descriptor)
            throw KerasFileError.notHDF5(
                file: path, found: status.st_mode & S_IFMT == S_IFDIR ? "a folder" : "a device or pipe")
        }
        (size, modified) = (Int(status.st_size), status.st_mtim)
    }

    deinit {
        if let mapping { munmap(UnsafeMutableRawPointer(mutating: mapping), size) }
        close(descriptor)
    }

    /// The little-endian Float32 values from an offset on, which is in the file.
    func tensor(at offset: Int, shape: Shape) throws -> Tensor {
        try checkUnchanged()
        let byteCount = 4 * shape.elementCount
        if byteCount >= Self.leastMapped, let mapping = mapped() {
            let start = mapping + offset
            if Int(bitPattern: start) % MemoryLayout<Float>.alignment == 0 {
                return Tensor(
                    shape: shape, memory: start.assumingMemoryBound(to: Float.self), ownedBy: self)
            }
        }
        var tensor = Tensor(uninitialized: shape)
        try tensor.withUnsafeMutableElements { try read(UnsafeMutableRawBufferPointer($0), at: offset) }
        return tensor
    }

    /// Where in the file these bytes are; nil if they are not there.
    ///
    /// That every byte was compared makes it certain, which a list of contents would not.
    func firstOffset(of bytes: UnsafeRawBufferPointer) -> Int? {
        guard let mapping = mapped(), bytes.count <= size, let needle = bytes.baseAddress, bytes.count > 0
        else { return nil }
        let last = size - bytes.count
        var offset = 0
        while offset <= last, let found = memchr(mapping + offset, Int32(bytes[0]), last - offset + 1) {
            offset = UnsafeRawPointer(found) - mapping
            if memcmp(found, needle, bytes.count) == 0 { return offset }
            offset += 1
        }
        return nil
    }

    private func read(_ buffer: UnsafeMutableRawBufferPointer, at offset: Int) throws {
        var position = 0
        while position < buffer.count {
            let count = pread(
                descriptor, buffer.baseAddress! + position, buffer.count - position, off_t(offset + position))
            if count < 0, errno == EINTR { continue }
            guard count > 0 else {
                throw KerasFileError.unreadable(
                    file: path, reason: count == 0 ? "it was cut short" : systemReason())
            }
            position += count
        }
    }

    private func mapped() -> UnsafeRawPointer? {
        lock.withLock {
            if mapping == nil, let start = mmap(nil, size, PROT_READ, MAP_PRIVATE, descriptor, 0),
                start != MAP_FAILED
            {
                mapping = UnsafeRawPointer(start)
            }
            return mapping
        }
    }

    /// A file that was written to since it was described has its numbers elsewhere.
    private func checkUnchanged() throws {
        var status = stat()
        guard fstat(descriptor, &status) == 0, Int(status.st_size) == size,
            status.st_mtim.tv_sec == modified.tv_sec, status.st_mtim.tv_nsec == modified.tv_nsec
        else { throw KerasFileError.unreadable(file: path, reason: "it was changed while it was read") }
    }
}
