/// The kinds of picture files that are read, told apart by a file's first bytes, whatever its name.
enum ImageFormat: CaseIterable {
    case jpeg
    case png
    case tiff

    /// The format of a file that begins with these bytes.
    init?(of bytes: some Collection<UInt8>) {
        let found = Self.allCases.first { format in
            format.signatures.contains { bytes.starts(with: $0) }
        }
        guard let found else { return nil }
        self = found
    }

    /// The endings of the names that such files commonly have, in lower case.
    static let fileExtensions: Set<String> = ["jpg", "jpeg", "png", "tif", "tiff"]

    /// Those of other pictures, which are not read.
    static let otherExtensions: Set<String> = [
        "avif", "bmp", "gif", "heic", "heif", "jfif", "jp2", "pbm", "pgm", "pnm", "ppm", "svg", "tga", "webp",
    ]

    private var signatures: [[UInt8]] {
        switch self {
        case .jpeg: [[0xFF, 0xD8, 0xFF]]
        case .png: [[0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]]
        // "II" or "MM" for the byte order, then 42, or 43 for files with 64-bit offsets.
        case .tiff: [[0x49, 0x49, 42, 0], [0x4D, 0x4D, 0, 42], [0x49, 0x49, 43, 0], [0x4D, 0x4D, 0, 43]]
        }
    }
}
