import CHDF5
import CLibZip
import CZlib

/// The libraries that read and write weights, for the record.
public enum FileLibraries {
    /// Their versions, by name.
    public static var versions: [String: String] {
        var (major, minor, release): (UInt32, UInt32, UInt32) = (0, 0, 0)
        HDF5Library.exclusively { _ = H5get_libversion(&major, &minor, &release) }
        return [
            "HDF5": "\(major).\(minor).\(release)",
            "libzip": zip_libzip_version().map { String(cString: $0) } ?? "unknown",
            "zlib": zlibVersion().map { String(cString: $0) } ?? "unknown",
        ]
    }
}
