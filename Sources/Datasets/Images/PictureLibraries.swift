import CImageCodecs

/// The libraries that decode pictures, for the record.
public enum PictureLibraries {
    /// Their versions, by name.
    public static var versions: [String: String] {
        let tiff = String(cString: graft_tiff_version()).prefix { !$0.isNewline }
        return [
            "libjpeg": String(cString: graft_jpeg_version()),
            "libpng": String(cString: graft_png_version()),
            "libtiff": tiff.split(separator: " ").last.map(String.init) ?? "unknown",
        ]
    }
}
