/// A name that Keras made of a class and a counter: `conv2d`, `conv2d_1`, `batch_normalization_12`.
struct CountedName: Hashable, Comparable {
    /// The part before the number.
    let stem: String
    /// The number; -1 if there is none.
    let number: Int

    init(_ name: String) {
        let digits = name.reversed().prefix { $0.isASCII && $0.isNumber }.count
        let rest = name.dropLast(digits)
        if digits > 0, let number = Int(name.suffix(digits)), rest.isEmpty || rest.last == "_" {
            (stem, self.number) = (String(rest.dropLast()), number)
        } else {
            (stem, number) = (name, -1)
        }
    }

    /// The name that ends a path in a file.
    init(path: String) { self.init(path.split(separator: "/").last.map(String.init) ?? path) }

    static func < (left: Self, right: Self) -> Bool { (left.stem, left.number) < (right.stem, right.number) }

    /// The class that Keras makes the stem of, if it is one of its own.
    var className: String? { Self.classes[stem] }

    /// Whether Keras, in any of its versions, may have made this name for a layer of the class.
    func isAutomatic(for className: String) -> Bool {
        stem == Self.snakeCase(className) || stem == className.lowercased()
            || (className.hasPrefix("Conv") && stem == "convolution" + className.dropFirst(4).lowercased())
    }

    /// Keras's way from `DepthwiseConv2D` to `depthwise_conv2d` (`naming.to_snake_case`).
    static func snakeCase(_ className: String) -> String {
        let letters = Array(className)
        var result = ""
        for (index, letter) in letters.enumerated() {
            let previous = index > 0 ? letters[index - 1] : nil
            let next = index + 1 < letters.count ? letters[index + 1] : nil
            let startsWord =
                letter.isUppercase && previous != nil
                && (previous!.isLowercase || (next?.isLowercase ?? false))
            result += (startsWord ? "_" : "") + letter.lowercased()
        }
        return result
    }

    private static let classes = Dictionary(
        uniqueKeysWithValues: [
            "Activation", "Add", "Average", "AveragePooling2D", "BatchNormalization", "Concatenate", "Conv1D",
            "Conv2D", "Conv2DTranspose", "Conv3D", "Dense", "DepthwiseConv2D", "Dot", "Dropout", "Embedding",
            "Flatten", "Functional", "GlobalAveragePooling2D", "GlobalMaxPooling2D", "GroupNormalization",
            "InputLayer", "LayerNormalization", "LeakyReLU", "MaxPooling2D", "Maximum", "MultiHeadAttention",
            "Multiply", "Normalization", "PReLU", "Permute", "ReLU", "Rescaling", "Reshape", "Resizing",
            "SeparableConv2D", "Sequential", "Softmax", "SpatialDropout2D", "Subtract", "UpSampling2D",
            "ZeroPadding2D",
        ].map { (snakeCase($0), $0) })
}
