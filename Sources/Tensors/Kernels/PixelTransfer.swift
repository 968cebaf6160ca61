/// A linear map from pictures of one size to pictures of another that the compute library has not, the same for
/// all pictures and channels.
///
/// Pictures lie row-major, as `[N, H, W, C]`.
package protocol PixelTransfer: Sendable {
    /// Works out the pixels of the new size.
    func gather(
        _ source: UnsafePointer<Float>, into result: UnsafeMutablePointer<Float>, batch: Int, channels: Int)

    /// Adds a gradient up where the pixels came from: what differentiates ``gather(_:into:batch:channels:)``.
    func scatter(
        _ gradient: UnsafePointer<Float>, into result: UnsafeMutablePointer<Float>, batch: Int, channels: Int)
}
