// Follows torchvision's `functional` on 8-bit tensors, which follow Pillow's `ImageOps`.
extension Image {
    /// This picture with only the upper bits of its values.
    public func posterized(bits: Int) -> Image {
        let mask = bits >= 8 ? UInt8.max : ~(UInt8.max >> UInt8(max(bits, 0)))
        return replacingValues(by: (0...255).map { UInt8($0) & mask })
    }

    /// This picture with all values from a threshold on inverted.
    public func solarized(threshold: Float) -> Image {
        replacingValues(by: (0...255).map { Float($0) >= threshold ? UInt8(255 - $0) : UInt8($0) })
    }

    /// This picture with the values of each channel stretched to all from 0 to 255.
    public var autoContrasted: Image {
        replacingValuesByChannel { counts in
            guard let low = counts.firstIndex(where: { $0 > 0 }),
                let high = counts.lastIndex(where: { $0 > 0 }), high > low
            else { return nil }
            let scale = Float(high - low) * Float(1.0 / 255)
            return (0...255).map { UInt8(min(max(Float($0 - low) / scale, 0), 255)) }
        }
    }

    /// This picture with the values of each channel moved so that all are about as frequent.
    public var equalized: Image {
        replacingValuesByChannel { counts in
            guard let last = counts.last(where: { $0 > 0 }) else { return nil }
            let step = (counts.reduce(0, +) - last) / 255
            guard step > 0 else { return nil }
            var sum = step / 2
            return counts.map { count in
                defer { sum += count }
                return UInt8(min(sum / step, 255))
            }
        }
    }

    /// This picture with the values of each channel replaced by those of a table, which follows from how often
    /// each occurs; nil for none.
    private func replacingValuesByChannel(_ table: (_ counts: [Int]) -> [UInt8]?) -> Image {
        var values = pixels
        for channel in 0..<channels {
            let places = stride(from: channel, to: values.count, by: channels)
            var counts = [Int](repeating: 0, count: 256)
            for place in places { counts[Int(values[place])] += 1 }
            guard let table = table(counts) else { continue }
            for place in places { values[place] = table[Int(values[place])] }
        }
        return Image(height: height, width: width, channels: channels, pixels: values)
    }
}
