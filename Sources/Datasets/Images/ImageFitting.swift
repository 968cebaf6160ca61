import Tensors

extension Image {
    /// This picture as a network with an input of `[H, W, C]` wants it, but with its single channel kept
    /// where it is grey: three equal channels say no more, and ``PixelScaling`` repeats them in the end.
    ///
    /// Colours are converted first and the size changed then, as Keras loads pictures.
    public func fitted(to input: Shape) -> Image {
        let converted = input[2] == 1 ? grey : self
        return converted.resized(height: input[0], width: input[1])
    }
}
