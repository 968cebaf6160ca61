import Tensors

extension Image {
    /// The picture with its proportions, at most so many pixels wide and high; a smaller one as it is.
    public func shrunk(to side: Int) -> Image {
        let longest = max(height, width)
        guard longest > side else { return self }
        return resized(height: max(1, height * side / longest), width: max(1, width * side / longest))
    }

    /// This picture as a network with an input of `[H, W, C]` wants it, but with its single channel kept
    /// where it is grey: three equal channels say no more, and ``PixelScaling`` repeats them in the end.
    ///
    /// Colours are converted first and the size changed then, as Keras loads pictures.
    public func fitted(to input: Shape) -> Image {
        let converted = input[2] == 1 ? grey : self
        return converted.resized(height: input[0], width: input[1])
    }
}
