extension Image {
    /// This picture with one channel: ITU-R 601-2 luma, with the integer weights of Pillow's mode "L".
    public var grey: Image {
        guard channels == 3 else { return self }
        let count = height * width
        let values = [UInt8](unsafeUninitializedCapacity: count) { values, initialized in
            for index in 0..<count {
                let (red, green) = (UInt32(pixels[3 * index]), UInt32(pixels[3 * index + 1]))
                let blue = UInt32(pixels[3 * index + 2])
                values[index] = UInt8(
                    truncatingIfNeeded: (red * 19595 + green * 38470 + blue * 7471 + 0x8000) >> 16)
            }
            initialized = count
        }
        return Image(height: height, width: width, channels: 1, pixels: values)
    }

    /// This picture with three channels, equal ones where it is grey.
    public var rgb: Image {
        guard channels == 1 else { return self }
        let values = [UInt8](unsafeUninitializedCapacity: 3 * pixels.count) { values, initialized in
            for index in pixels.indices {
                let value = pixels[index]
                values[3 * index] = value
                values[3 * index + 1] = value
                values[3 * index + 2] = value
            }
            initialized = 3 * pixels.count
        }
        return Image(height: height, width: width, channels: 3, pixels: values)
    }
}
