import Foundation

/// How the loss went while the learning rate rose from step to step.
public struct LearningRateSweep: Sendable, Equatable {
    /// A step of the sweep.
    public struct Point: Sendable, Equatable {
        /// The learning rate.
        public var rate: Double
        /// The batch's loss.
        public var loss: Double
        /// The mean of the losses so far, later ones counting more.
        public var smoothed: Double
    }

    /// The steps that were taken.
    public private(set) var points: [Point] = []
    /// Whether the sweep ended before its greatest rate, because the loss had run away.
    public internal(set) var hasDiverged = false
    /// How many steps were planned.
    public let plannedSteps: Int

    private var mean = 0.0
    private var best = Double.infinity

    /// A sweep that has not begun.
    public init(plannedSteps: Int) { self.plannedSteps = plannedSteps }

    /// Adds a step; the losses are smoothed as fastai smooths them: by 0.98, without the bias of the first.
    public mutating func add(rate: Double, loss: Double) {
        let beta = 0.98
        mean = loss + beta * (mean - loss)
        let smoothed = mean / (1 - pow(beta, Double(points.count + 1)))
        points.append(Point(rate: rate, loss: loss, smoothed: smoothed))
        best = min(best, smoothed)
        if !(smoothed <= 4 * best) { hasDiverged = true }
    }

    /// What the curve speaks for.
    public struct Suggestions: Sendable, Equatable {
        /// In the middle of the longest descent, towards its end; fastai's `valley`.
        public var valley: Double
        /// Where the loss falls fastest, by the logarithm of the rate.
        public var steepest: Double
        /// A tenth of the rate at which the loss is least.
        public var tenthOfMinimum: Double
    }

    /// What the curve speaks for, without its first tenth and its last five steps, as fastai has it; nil where
    /// too few steps are left.
    public var suggestions: Suggestions? {
        let used = Array(points.dropFirst(plannedSteps / 10).dropLast(5))
        guard used.count > 3, let least = used.min(by: { $0.smoothed < $1.smoothed }) else { return nil }
        let slopes = zip(used, used.dropFirst()).map { a, b in
            (b.smoothed - a.smoothed) / (log(b.rate) - log(a.rate))
        }
        guard let steepest = slopes.indices.min(by: { slopes[$0] < slopes[$1] }) else { return nil }
        return Suggestions(
            valley: used[Self.valley(used.map(\.smoothed))].rate, steepest: used[steepest].rate,
            tenthOfMinimum: least.rate / 10)
    }

    /// The place two thirds down the longest run of losses that fall, others between them let alone.
    private static func valley(_ losses: [Double]) -> Int {
        var lengths = Array(repeating: 1, count: losses.count)
        var (start, end) = (0, 0)
        for index in losses.indices.dropFirst() {
            for earlier in 0..<index {
                if losses[index] < losses[earlier], lengths[index] < lengths[earlier] + 1 {
                    lengths[index] = lengths[earlier] + 1
                }
                if lengths[end] < lengths[index] {
                    end = index
                    start = end - lengths[end]
                }
            }
        }
        let section = Double(end - start) / 3
        return start + Int(section) + Int(section / 2)
    }
}
