extension Image {
    /// The variant of this picture that a map describes, of the same extents: linear interpolation between
    /// pixels, rounded to 8 bits.
    ///
    /// Values are those of torchvision's `affine` and `resized_crop` with bilinear interpolation.
    /// - Parameter fill: what is shown beyond the edges.
    public func resampled(by map: PixelMap, fill: FillMode = .nearest) -> Image {
        if map == .identity { return self }
        if map == .mirror(width: width) { return mirrored }
        let sampler = BilinearSampler(self, map, fill)
        var values = [UInt8](repeating: 0, count: pixels.count)
        sampler.fill(&values)
        return Image(height: height, width: width, channels: channels, pixels: values)
    }
}

/// Interpolates a picture's values at points between its pixels.
private struct BilinearSampler {
    private let image: Image
    private let map: PixelMap
    private let fill: FillMode
    private let columns: ClosedRange<Int>
    private let rows: ClosedRange<Int>

    init(_ image: Image, _ map: PixelMap, _ fill: FillMode) {
        self.image = image
        self.map = map
        columns = map.region?.columns ?? 0...image.width - 1
        rows = map.region?.rows ?? 0...image.height - 1
        // Where no more than the outer halves of edge pixels are seen, as in a part that is enlarged, there
        // is nothing to fill.
        let corners = [
            (0, 0), (image.width - 1, 0), (0, image.height - 1), (image.width - 1, image.height - 1),
        ]
        let (columns, rows) = (columns, rows)
        let staysInside = corners.allSatisfy { x, y in
            let point = map.source(x: Double(x), y: Double(y))
            return abs(point.x - Double(columns.lowerBound + columns.upperBound) / 2) <= Double(columns.count)
                / 2
                && abs(point.y - Double(rows.lowerBound + rows.upperBound) / 2) <= Double(rows.count) / 2
        }
        self.fill = staysInside ? .nearest : fill
    }

    func fill(_ values: inout [UInt8]) {
        let channels = image.channels
        let source = image.pixels.span
        var target = 0
        var output = values.mutableSpan
        for row in 0..<image.height {
            for column in 0..<image.width {
                let point = map.source(x: Double(column), y: Double(row))
                let (left, top) = (point.x.rounded(.down), point.y.rounded(.down))
                let (right, bottom) = (Float(point.x - left), Float(point.y - top))
                let taps = Taps(self, Int(left), Int(top))
                for channel in 0..<channels {
                    let above =
                        taps.topLeft(source, channel) * (1 - right) + taps.topRight(source, channel) * right
                    let below =
                        taps.bottomLeft(source, channel) * (1 - right)
                        + taps.bottomRight(source, channel) * right
                    output[target + channel] = UInt8(above * (1 - bottom) + below * bottom + 0.5)
                }
                target += channels
            }
        }
    }

    /// Four neighbouring pixels: where their values begin, or −1 for black.
    private struct Taps {
        private let positions: (Int, Int, Int, Int)

        init(_ sampler: BilinearSampler, _ column: Int, _ row: Int) {
            let (channels, width) = (sampler.image.channels, sampler.image.width)
            let left = sampler.place(column, sampler.columns)
            let right = sampler.place(column + 1, sampler.columns)
            let top = sampler.place(row, sampler.rows)
            let bottom = sampler.place(row + 1, sampler.rows)
            func position(_ row: Int, _ column: Int) -> Int {
                row < 0 || column < 0 ? -1 : (row * width + column) * channels
            }
            positions = (
                position(top, left), position(top, right), position(bottom, left), position(bottom, right)
            )
        }

        @inline(__always)
        private func value(_ pixels: Span<UInt8>, _ position: Int, _ channel: Int) -> Float {
            position < 0 ? 0 : Float(pixels[position + channel])
        }

        func topLeft(_ pixels: Span<UInt8>, _ channel: Int) -> Float { value(pixels, positions.0, channel) }
        func topRight(_ pixels: Span<UInt8>, _ channel: Int) -> Float { value(pixels, positions.1, channel) }
        func bottomLeft(_ pixels: Span<UInt8>, _ channel: Int) -> Float {
            value(pixels, positions.2, channel)
        }
        func bottomRight(_ pixels: Span<UInt8>, _ channel: Int) -> Float {
            value(pixels, positions.3, channel)
        }
    }

    /// The row or column that is shown at a place, which may be beyond the edge; −1 for none.
    @inline(__always)
    private func place(_ index: Int, _ all: ClosedRange<Int>) -> Int {
        if index >= all.lowerBound && index <= all.upperBound { return index }
        switch fill {
        case .nearest: return min(max(index, all.lowerBound), all.upperBound)
        case .constant: return -1
        case .reflect:
            let period = 2 * all.count
            let offset = (index - all.lowerBound) % period
            let place = offset < 0 ? offset + period : offset
            return all.lowerBound + min(place, period - 1 - place)
        }
    }
}
