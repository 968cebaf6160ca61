extension Image {
    /// This picture in another size, by the triangle filter that Pillow calls `BILINEAR`: linear
    /// interpolation where it grows, and a weighted mean of all pixels that fall together where it shrinks.
    ///
    /// Follows Pillow 13 step by step, so that the values are Pillow's: a pass along each axis, with 22-bit
    /// fixed-point weights, rounded to 8 bits. Older versions always take the horizontal pass first, from
    /// which some values differ by one.
    public func resized(height newHeight: Int, width newWidth: Int) -> Image {
        precondition(newHeight > 0 && newWidth > 0, "a picture of \(newHeight) × \(newWidth)")
        let losesRows = newHeight < height && height - newHeight > 2 * (width - newWidth)
        return losesRows
            ? withHeight(newHeight).withWidth(newWidth) : withWidth(newWidth).withHeight(newHeight)
    }

    private func withWidth(_ newWidth: Int) -> Image {
        guard newWidth != width else { return self }
        let weights = ResamplingWeights(from: width, to: newWidth)
        return Image(
            height: height, width: newWidth, channels: channels,
            pixels: weights.apply(to: pixels, lines: height, elements: channels))
    }

    private func withHeight(_ newHeight: Int) -> Image {
        guard newHeight != height else { return self }
        let weights = ResamplingWeights(from: height, to: newHeight)
        return Image(
            height: newHeight, width: width, channels: channels,
            pixels: weights.apply(to: pixels, lines: 1, elements: width * channels))
    }
}

/// For every position along an axis of the new size, which old positions it is the weighted mean of.
private struct ResamplingWeights {
    /// 8 bits are for the result, 2 for overshooting filters, as in Pillow, which this one never needs.
    private static let precision = 32 - 8 - 2

    private let oldCount: Int
    private let newCount: Int
    /// The first old position of each new one.
    private var starts: [Int] = []
    /// How many old positions each new one has.
    private var counts: [Int] = []
    /// `taps` weights for each new position, of which only `counts` are used.
    private var weights: [Int32] = []
    private let taps: Int

    init(from oldCount: Int, to newCount: Int) {
        self.oldCount = oldCount
        self.newCount = newCount
        let scale = Double(oldCount) / Double(newCount)
        let support = max(scale, 1)
        taps = Int(support.rounded(.up)) * 2 + 1
        for position in 0..<newCount { append((Double(position) + 0.5) * scale, support) }
    }

    private mutating func append(_ center: Double, _ support: Double) {
        let start = max(Int(center - support + 0.5), 0)
        let count = min(Int(center + support + 0.5), oldCount) - start
        let inverse = 1 / support
        let triangle = (0..<taps).map { tap in
            tap < count ? max(1 - abs((Double(tap + start) - center + 0.5) * inverse), 0) : 0
        }
        let sum = triangle.reduce(0, +)
        starts.append(start)
        counts.append(count)
        for weight in triangle {
            weights.append(Int32(0.5 + (sum == 0 ? weight : weight / sum) * Double(1 << Self.precision)))
        }
    }

    /// Resamples the middle axis of `[lines, oldCount, elements]`.
    func apply(to values: [UInt8], lines: Int, elements: Int) -> [UInt8] {
        let count = lines * newCount * elements
        return [UInt8](unsafeUninitializedCapacity: count) { output, initialized in
            values.withUnsafeBufferPointer { input in
                for line in 0..<lines {
                    let old = UnsafeBufferPointer(rebasing: input[(line * oldCount * elements)...])
                    let new = UnsafeMutableBufferPointer(rebasing: output[(line * newCount * elements)...])
                    if elements == 1 {
                        resampleValues(old, new)
                    } else if elements == 3 {
                        resamplePixels(old, new)
                    } else {
                        resampleRows(old, new, elements)
                    }
                }
            }
            initialized = count
        }
    }

    /// A line of single values.
    private func resampleValues(_ old: UnsafeBufferPointer<UInt8>, _ new: UnsafeMutableBufferPointer<UInt8>) {
        for position in 0..<newCount {
            let (start, first) = (starts[position], position * taps)
            var sum = Int32(1) << (Self.precision - 1)
            for tap in 0..<counts[position] { sum &+= Int32(old[start + tap]) &* weights[first + tap] }
            new[position] = Self.rounded(sum)
        }
    }

    /// A line of pixels of three channels.
    private func resamplePixels(_ old: UnsafeBufferPointer<UInt8>, _ new: UnsafeMutableBufferPointer<UInt8>) {
        for position in 0..<newCount {
            let (start, first) = (starts[position] * 3, position * taps)
            var red = Int32(1) << (Self.precision - 1)
            var (green, blue) = (red, red)
            for tap in 0..<counts[position] {
                let weight = weights[first + tap]
                red &+= Int32(old[start + 3 * tap]) &* weight
                green &+= Int32(old[start + 3 * tap + 1]) &* weight
                blue &+= Int32(old[start + 3 * tap + 2]) &* weight
            }
            new[3 * position] = Self.rounded(red)
            new[3 * position + 1] = Self.rounded(green)
            new[3 * position + 2] = Self.rounded(blue)
        }
    }

    /// Whole rows at a time, so that memory is walked in order.
    private func resampleRows(
        _ old: UnsafeBufferPointer<UInt8>, _ new: UnsafeMutableBufferPointer<UInt8>, _ elements: Int
    ) {
        var sums = [Int32](repeating: 0, count: elements)
        for position in 0..<newCount {
            for element in 0..<elements { sums[element] = 1 << (Self.precision - 1) }
            for tap in 0..<counts[position] {
                let weight = weights[position * taps + tap]
                let row = UnsafeBufferPointer(rebasing: old[((starts[position] + tap) * elements)...])
                for element in 0..<elements { sums[element] &+= Int32(row[element]) &* weight }
            }
            for element in 0..<elements { new[position * elements + element] = Self.rounded(sums[element]) }
        }
    }

    private static func rounded(_ sum: Int32) -> UInt8 {
        UInt8(truncatingIfNeeded: min(max(sum >> precision, 0), 255))
    }
}
