import Layers
import Tensors

extension Layer where Self == ZeroPadding2D {
    /// The padding in front of a convolution that halves a picture: half a window around it, but of an even
    /// extent one less before the first row or column (Keras's `correct_pad`).
    static func halving(_ name: String, kernelSize: Int, of picture: Shape) -> ZeroPadding2D {
        let half = kernelSize / 2
        return ZeroPadding2D(
            name, before: Pair(half - 1 + picture[0] % 2, half - 1 + picture[1] % 2), after: Pair(half))
    }
}
