import Foundation
import Tensors

/// What pulls and pushes the points of a t-SNE map of many samples, in time that grows as `n log n`: only neighbours
/// pull, and what is far away pushes as one point.
///
/// Van der Maaten, "Accelerating t-SNE using tree-based algorithms", 2014. No sum depends on how many threads there are.
struct BarnesHutForces: MapForces {
    private let affinities: NeighbourAffinities
    private let angle: Float
    /// scikit-learn's.
    static let usualAngle: Float = 0.5
    private static let blockWidth = 256

    /// - Parameter angle: how wide a group of points may look to count as one; see ``QuadTree``.
    init(_ affinities: NeighbourAffinities, angle: Float = usualAngle) {
        (self.affinities, self.angle) = (affinities, angle)
    }

    private struct Push {
        let point: Int
        let x: Float
        let y: Float
        let closeness: Double
    }

    func gradient(_ xs: [Float], _ ys: [Float], exaggeration: Float) -> (x: [Float], y: [Float]) {
        let (pushes, total) = pushes(xs, ys)
        var (x, y) = ([Float](repeating: 0, count: xs.count), [Float](repeating: 0, count: xs.count))
        for push in pushes { (x[push.point], y[push.point]) = (push.x / total, push.y / total) }
        for (block, pulls) in pulls(xs, ys).enumerated() {
            for (offset, pull) in pulls.enumerated() {
                let point = block * Self.blockWidth + offset
                x[point] = 4 * (exaggeration * pull.x - x[point])
                y[point] = 4 * (exaggeration * pull.y - y[point])
            }
        }
        return (x, y)
    }

    func divergence(_ xs: [Float], _ ys: [Float], exaggeration: Float) -> Double {
        let total = Double(pushes(xs, ys).total)
        let (starts, others, joint) = (affinities.starts, affinities.others, affinities.joint)
        return mapInParallel(blocks(xs.count)) { block in
            var sum = 0.0
            for point in Self.points(block, of: xs.count) {
                for pair in starts[point]..<starts[point + 1] {
                    let p = Double(exaggeration * joint[pair])
                    let (dx, dy) = (
                        Double(xs[point] - xs[others[pair]]), Double(ys[point] - ys[others[pair]])
                    )
                    let q = 1 / (1 + dx * dx + dy * dy) / total
                    sum += p * log(max(p, Self.tiny) / max(q, Self.tiny))
                }
            }
            return sum
        }.reduce(0, +)
    }

    /// What scikit-learn takes for 0 here.
    private static let tiny = Double(Float.leastNormalMagnitude)

    private func pulls(_ xs: [Float], _ ys: [Float]) -> [[(x: Float, y: Float)]] {
        let (starts, others, joint) = (affinities.starts, affinities.others, affinities.joint)
        return mapInParallel(blocks(xs.count)) { block in
            Self.points(block, of: xs.count).map { point in
                var pull = (x: Float(0), y: Float(0))
                for pair in starts[point]..<starts[point + 1] {
                    let (dx, dy) = (xs[point] - xs[others[pair]], ys[point] - ys[others[pair]])
                    let weight = joint[pair] / (1 + dx * dx + dy * dy)
                    (pull.x, pull.y) = (pull.x + weight * dx, pull.y + weight * dy)
                }
                return pull
            }
        }
    }

    private func pushes(_ xs: [Float], _ ys: [Float]) -> (pushes: [Push], total: Float) {
        let tree = QuadTree(xs, ys, angle: angle)
        let pushes = mapInParallel(blocks(xs.count)) { block in
            Self.points(block, of: xs.count).map { place in
                let point = tree.order[place]
                let push = tree.push(xs[point], ys[point])
                return Push(point: point, x: push.x, y: push.y, closeness: push.closeness)
            }
        }.flatMap(\.self)
        // Every point is as close as can be to itself, which does not count.
        let total = pushes.reduce(0) { $0 + $1.closeness } - Double(xs.count)
        return (pushes, Float(max(total, Affinities.epsilon)))
    }

    private func blocks(_ count: Int) -> Int { (count + Self.blockWidth - 1) / Self.blockWidth }

    private static func points(_ block: Int, of count: Int) -> Range<Int> {
        block * blockWidth..<min((block + 1) * blockWidth, count)
    }
}
