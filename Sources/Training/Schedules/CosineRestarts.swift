import Foundation

/// Half cosines one after another, each as a new beginning: Loshchilov and Hutter, "SGDR", ICLR 2017; Keras's
/// `CosineDecayRestarts`.
public struct CosineRestarts: Sendable, Equatable {
    /// How many epochs the first half cosine takes.
    public var firstEpochs: Double
    /// How many times as long each one is as that before it; Keras's `t_mul`.
    public var timeFactor: Double
    /// How many times as high each one begins as that before it; Keras's `m_mul`.
    public var heightFactor: Double
    /// Where each one ends, as a share of the base; Keras's `alpha`.
    public var end: Double

    /// Half cosines, with Keras's defaults.
    public init(firstEpochs: Double, timeFactor: Double = 2, heightFactor: Double = 1, end: Double = 0) {
        self.firstEpochs = firstEpochs
        self.timeFactor = timeFactor
        self.heightFactor = heightFactor
        self.end = end
    }

    /// What the base is multiplied by so many epochs after the beginning.
    func factor(elapsed: Double) -> Double {
        let (restarts, progress) = position(elapsed / firstEpochs)
        let height = pow(heightFactor, restarts)
        return end + (1 - end) * height * (1 + cos(.pi * progress)) / 2
    }

    /// How many restarts there were, and how far the half cosine since the last has come.
    /// - Parameter time: in lengths of the first half cosine.
    private func position(_ time: Double) -> (restarts: Double, progress: Double) {
        guard timeFactor != 1 else { return (time.rounded(.down), time - time.rounded(.down)) }
        var (restarts, start, length) = (0.0, 0.0, 1.0)
        // Each is longer than that before it by a factor, so that there are never many.
        while time >= start + length {
            (restarts, start, length) = (restarts + 1, start + length, length * timeFactor)
        }
        return (restarts, (time - start) / length)
    }
}
