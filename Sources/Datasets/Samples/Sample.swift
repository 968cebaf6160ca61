/// One labelled picture, which is decoded when it is asked for.
public struct Sample: Sendable {
    /// Says where the picture comes from, the same in every run: the path below the dataset's folder
    /// (`train/happy/17.jpg`), or the file and the line or position in it (`fer2013.csv:123`).
    public let identifier: String
    /// The class, an index into the dataset's ``Dataset/classNames``.
    public internal(set) var label: Int
    /// What the sample is for; nil where its source does not say.
    public internal(set) var split: Split?
    /// What the sample belongs to that splits keep whole, such as the person in the picture; nil for nothing.
    public internal(set) var group: String? = nil
    let source: ImageSource

    /// The picture, with 1 or 3 channels, in its own size. May be called from any thread.
    /// - Throws: ``DatasetError/image(path:reason:)`` and the like, naming the file.
    public func image() throws(DatasetError) -> Image {
        switch source {
        case .file(let path): try Image(contentsOfFile: path)
        case .memory(let store, let position): store[position]
        }
    }
}

/// Where a picture is.
enum ImageSource: Sendable {
    case file(String)
    case memory(ImageStore, position: Int)

    /// Whether decoding may fail.
    var isFile: Bool {
        if case .file = self { true } else { false }
    }
}
