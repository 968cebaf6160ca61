import CHDF5
import Foundation

/// The bytes of an HDF5 file in memory, to be opened without a copy.
struct HDF5Image: ~Copyable {
    let byteCount: Int
    // The library frees what it takes over with `free`, so that it must come from `malloc`.
    private let bytes: UnsafeMutableRawPointer

    /// Bytes that `fill` writes.
    /// - Returns: nil where there is not so much memory.
    init?(byteCount: Int, fill: (UnsafeMutableRawBufferPointer) throws -> Void) rethrows {
        guard let bytes = malloc(max(1, byteCount)) else { return nil }
        do {
            try fill(UnsafeMutableRawBufferPointer(start: bytes, count: byteCount))
        } catch {
            free(bytes)
            throw error
        }
        self.byteCount = byteCount
        self.bytes = bytes
    }

    deinit { free(bytes) }

    /// Opens the file; the library keeps the bytes until the last handle of it is closed.
    consuming func open(_ place: HDF5Place) throws -> HDF5Handle {
        let (bytes, byteCount) = (bytes, byteCount)
        discard self
        return try HDF5Library.open(place, "open") {
            H5LTopen_file_image(bytes, byteCount, UInt32(H5LT_FILE_IMAGE_DONT_COPY))
        }
    }
}
