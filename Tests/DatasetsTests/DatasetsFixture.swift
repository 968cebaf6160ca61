import Datasets
import Foundation
import TestSupport

/// What Pillow, SciPy and Keras made of given pictures; see `Tests/Fixtures/datasets/make.py`.
struct DatasetsFixture: Decodable {
    struct Picture: Decodable {
        var height: Int
        var width: Int
        var channels: Int
        var pixels: Data

        var image: Image {
            Image(height: height, width: width, channels: channels, pixels: Array(pixels))
        }
    }

    struct Conversion: Decodable {
        var source: Picture
        var result: Picture
    }

    struct Resizing: Decodable {
        var source: Picture
        var results: [Picture]
    }

    struct Rotation: Decodable {
        var degrees: Float
        var source: Picture
        var values: [Float]
    }

    struct Scaling: Decodable {
        var source: Picture
        var modes: [String: [Float]]
    }

    var decoded: [String: Picture]
    var luma: Conversion
    var resized: [Resizing]
    var rotated: [Rotation]
    var scaled: Scaling
    var faces: [Picture]
    var idx: [Picture]

    static func load() throws -> DatasetsFixture {
        try JSONDecoder().decode(
            Self.self, from: Data(contentsOf: Fixtures.url("datasets/expected.json")))
    }

    static func path(_ name: String) -> String { Fixtures.path("datasets/" + name) }
}

extension Image {
    /// The greatest difference of two values, or nil where the extents differ.
    func greatestDifference(from other: Image) -> Int? {
        guard (height, width, channels) == (other.height, other.width, other.channels) else { return nil }
        return zip(pixels, other.pixels).map { abs(Int($0) - Int($1)) }.max()
    }
}

/// Folders with copies of the fixtures' pictures.
enum PictureTree {
    /// Makes empty or given files; a path's fixture is named after its `=`.
    static func make(_ entries: [String], in root: URL) throws {
        for entry in entries {
            let parts = entry.split(separator: "=", maxSplits: 1)
            let target = root.appending(path: String(parts[0]))
            let folder = entry.hasSuffix("/") ? target : target.deletingLastPathComponent()
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            if entry.hasSuffix("/") { continue }
            if parts.count == 1 {
                try Data().write(to: target)
            } else {
                try FileManager.default.copyItem(
                    at: Fixtures.url("datasets/" + String(parts[1])), to: target)
            }
        }
    }

    /// Makes a tree of files, and of texts by their paths, and removes it afterwards.
    static func with<Result>(
        _ entries: [String], texts: [String: String] = [:], _ body: (String) throws -> Result
    ) throws -> Result {
        try Fixtures.withTemporaryFolder { folder in
            try make(entries, in: folder)
            for (name, text) in texts {
                let url = folder.appending(path: name)
                try FileManager.default.createDirectory(
                    at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
                try Data(text.utf8).write(to: url)
            }
            return try body(folder.path(percentEncoded: false))
        }
    }
}
