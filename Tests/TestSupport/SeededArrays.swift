import Tensors

/// Arrays that tests and the scripts below `Tests/Fixtures` make from one formula, so that they need not be
/// committed; `Tests/Fixtures/oracle/seeded.py` is the other half.
public enum SeededArrays {
    /// Numbers within `scale` of `offset`, the same for the same name.
    public static func array(_ name: String, _ shape: Shape, scale: Float = 1, offset: Float = 0) -> Tensor {
        var random = SeededRandom(seed: seed(of: name))
        return Tensor(shape: shape) { elements in
            for index in elements.indices { elements[index] = (2 * random.uniform() - 1) * scale + offset }
        }
    }

    /// An array of a layer, sized so that neither values nor gradients vanish or explode.
    /// - Parameter key: the layer's name, a slash and the array's.
    public static func parameter(_ key: String, _ shape: Shape) -> Tensor {
        let name = key.split(separator: "/").last ?? ""
        if name.hasSuffix("kernel") {
            let fanIn =
                name == "depthwise_kernel"
                ? shape[0] * shape[1] : shape.dimensions.dropLast().reduce(1, *)
            return array(key, shape, scale: (6 / Float(fanIn)).squareRoot())
        }
        if key.hasSuffix("_3_bn/gamma") || key.hasSuffix("_preact_bn/gamma") {
            // The last of ResNet's residual blocks, the first of its second version's: sums must not grow.
            return array(key, shape, scale: 0.125, offset: 0.25)
        }
        if ["gamma", "moving_variance", "variance"].contains(name) {
            return array(key, shape, scale: 0.5, offset: 1)
        }
        return array(key, shape, scale: 0.5)
    }

    /// The 64-bit FNV-1a hash of a name.
    static func seed(of name: String) -> UInt64 {
        name.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    }
}
