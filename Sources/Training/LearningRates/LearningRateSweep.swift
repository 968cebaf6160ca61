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

    /// Why a curve speaks for nothing.
    public enum Silence: Error, Sendable, Equatable {
        /// Too few steps were taken before the loss ran away.
        case tooShort(steps: Int)
        /// The loss is least where the rate is: it never falls.
        case rises
        /// The loss falls no further than chance would have it.
        case noise(from: Double, to: Double, noise: Double)
    }

    /// What the curve speaks for, from its first tenth on, as fastai has it, to where the loss is least.
    ///
    /// A slope is that of the line that fits the smoothed losses around best, since from one step to the next they
    /// go as the batches come. The loss has to fall by more than three standard errors of the mean that it falls
    /// from, and by a hundredth of it at least.
    /// - Throws: ``Silence``
    public func suggestions() throws(Silence) -> Suggestions {
        let used = Array(points.dropFirst(plannedSteps / 10).dropLast(5))
        guard used.count > 3, let least = used.indices.min(by: { used[$0].smoothed < used[$1].smoothed })
        else { throw .tooShort(steps: points.count) }
        guard least >= 3 else { throw .rises }
        try checkFall(to: used[least].smoothed, least: least + plannedSteps / 10)
        let descent = Array(used[...least])
        let slopes = descent.indices.map { Self.slope(descent, around: $0, reach: max(2, plannedSteps / 20)) }
        let steepest = slopes.indices.min { slopes[$0] < slopes[$1] } ?? 0
        return Suggestions(
            valley: descent[Self.valley(descent.map(\.smoothed))].rate, steepest: descent[steepest].rate,
            tenthOfMinimum: used[least].rate / 10)
    }

    /// Compares the fall of the loss with how the batches' losses differ from one to the next.
    private func checkFall(to floor: Double, least: Int) throws(Silence) {
        let first = points.prefix(max(5, plannedSteps / 10)).map(\.loss)
        let level = first.reduce(0, +) / Double(first.count)
        let before = points.prefix(least + 1).map(\.loss)
        let changes = zip(before, before.dropFirst()).map { abs($1 - $0) }.sorted()
        // The deviation of one loss, from the median change between two: a few wild batches do not matter.
        let deviation = changes[changes.count / 2] / (0.6745 * 2.0.squareRoot())
        let noise = 3 * deviation / Double(first.count).squareRoot()
        guard level - floor > max(noise, 0.01 * abs(level)) else {
            throw .noise(from: level, to: floor, noise: deviation)
        }
    }

    /// The slope of the smoothed loss, by the logarithm of the rate, over some steps to each side.
    private static func slope(_ points: [Point], around center: Int, reach: Int) -> Double {
        let near = points[max(0, center - reach)...min(points.count - 1, center + reach)]
        let count = Double(near.count)
        let rate = near.reduce(0) { $0 + log($1.rate) } / count
        let loss = near.reduce(0) { $0 + $1.smoothed } / count
        let both = near.reduce(0) { $0 + (log($1.rate) - rate) * ($1.smoothed - loss) }
        return both / near.reduce(0) { $0 + (log($1.rate) - rate) * (log($1.rate) - rate) }
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

extension LearningRateSweep.Silence: CustomStringConvertible {
    /// The reason, and what can be tried.
    public var description: String {
        func text(_ number: Double) -> String { String(format: "%.3g", number) }
        switch self {
        case .tooShort(let steps):
            return "the loss ran away after \(steps) steps; try a lower --from"
        case .rises: return "the loss is least at the least rates and only rises; try a lower --from"
        case .noise(let from, let to, let noise):
            return
                "the loss falls from \(text(from)) to \(text(to)) only, while batches differ by \(text(noise)); "
                + "try more --steps, larger batches or more pictures"
        }
    }
}
