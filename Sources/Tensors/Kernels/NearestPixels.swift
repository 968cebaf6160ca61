/// Which pixel of a picture is the nearest to each of another size, as TensorFlow rounds.
///
/// oneDNN works out the same places in another order of operations, so that where one lies in the middle of two
/// pixels it may choose the other: about one pair of sizes in fifty has such a place.
package struct NearestPixels: PixelTransfer, Hashable {
    package let rows: [Int]
    package let columns: [Int]
    /// The width of the picture that is resized.
    package let width: Int
    /// Its height.
    package let height: Int
    /// Whether oneDNN chooses the same pixels.
    package let areLibrarys: Bool

    package init(height: Int, width: Int, toHeight: Int, toWidth: Int) {
        self.height = height
        self.width = width
        rows = Self.nearest(height, toHeight)
        columns = Self.nearest(width, toWidth)
        areLibrarys =
            rows == Self.nearestByLibrary(height, toHeight)
            && columns == Self.nearestByLibrary(width, toWidth)
    }

    private static func nearest(_ count: Int, _ wanted: Int) -> [Int] {
        let scale = Float(count) / Float(wanted)
        return (0..<wanted).map { min(Int((Float($0) + 0.5) * scale), count - 1) }
    }

    private static func nearestByLibrary(_ count: Int, _ wanted: Int) -> [Int] {
        (0..<wanted).map { place in
            let nearest = ((Float(place) + 0.5) * Float(count) / Float(wanted) - 0.5).rounded()
            return min(max(Int(nearest), 0), count - 1)
        }
    }

    /// Copies pixels.
    package func gather(
        _ source: UnsafePointer<Float>, into result: UnsafeMutablePointer<Float>, batch: Int, channels: Int
    ) {
        nonisolated(unsafe) let (source, result) = (source, result)
        runInParallel(batch * rows.count) { line in
            let from = source + ((line / rows.count) * height + rows[line % rows.count]) * width * channels
            let to = result + line * columns.count * channels
            for (position, column) in columns.enumerated() {
                (to + position * channels).update(from: from + column * channels, count: channels)
            }
        }
    }

    /// Adds pixels up where they came from: what differentiates ``gather(_:into:batch:channels:)``.
    package func scatter(
        _ gradient: UnsafePointer<Float>, into result: UnsafeMutablePointer<Float>, batch: Int, channels: Int
    ) {
        let size = height * width * channels
        nonisolated(unsafe) let (gradient, result) = (gradient, result)
        runInParallel(batch) { picture in
            (result + picture * size).update(repeating: 0, count: size)
            var from = gradient + picture * rows.count * columns.count * channels
            for row in rows {
                for column in columns {
                    let to = result + picture * size + (row * width + column) * channels
                    for channel in 0..<channels { to[channel] += from[channel] }
                    from += channels
                }
            }
        }
    }
}
