import Foundation
import Tensors

/// What pulls and pushes the points of a t-SNE map: the gradient of the divergence, worked out exactly.
///
/// The points are divided into blocks, each of which adds up what all points do to its own: no sum depends on how many
/// threads there are.
struct TSNEForces: MapForces {
    private struct Block {
        let points: Range<Int>
        /// `[n, points.count]`.
        let affinities: [Float]
    }

    /// What a block's points feel.
    private struct Sums {
        /// Towards points that are close among the samples.
        var attraction: (x: [Float], y: [Float])
        /// Away from points that are close on the map, not yet divided by the sum of all closenesses.
        var repulsion: (x: [Float], y: [Float])
        /// How close all points are on the map.
        var closeness: Double
    }

    private let blocks: [Block]
    private let count: Int
    /// As much as fits into a core's first cache.
    private static let width = 512

    init(_ affinities: Affinities) {
        count = affinities.count
        let n = affinities.count
        blocks = stride(from: 0, to: n, by: Self.width).map { first in
            let points = first..<min(first + Self.width, n)
            return Block(
                points: points,
                affinities: (0..<n).flatMap {
                    affinities.joint[$0 * n + points.lowerBound..<$0 * n + points.upperBound]
                })
        }
    }

    func gradient(_ xs: [Float], _ ys: [Float], exaggeration: Float) -> (x: [Float], y: [Float]) {
        let (sums, total) = sums(xs, ys)
        var (x, y) = ([Float](), [Float]())
        for block in sums {
            for index in block.attraction.x.indices {
                x.append(4 * (exaggeration * block.attraction.x[index] - block.repulsion.x[index] / total))
                y.append(4 * (exaggeration * block.attraction.y[index] - block.repulsion.y[index] / total))
            }
        }
        return (x, y)
    }

    func divergence(_ xs: [Float], _ ys: [Float], exaggeration: Float) -> Double {
        let total = Double(sums(xs, ys).total)
        return mapInParallel(blocks.count) { number in
            let block = blocks[number]
            var sum = 0.0
            for (row, (x, y)) in zip(xs, ys).enumerated() {
                for (index, point) in block.points.enumerated() where point != row {
                    let p = Double(exaggeration * block.affinities[row * block.points.count + index])
                    let (dx, dy) = (Double(xs[point] - x), Double(ys[point] - y))
                    let q = max(1 / (1 + dx * dx + dy * dy) / total, Affinities.epsilon)
                    sum += p * log(max(p, Affinities.epsilon) / q)
                }
            }
            return sum
        }.reduce(0, +)
    }

    private func sums(_ xs: [Float], _ ys: [Float]) -> (blocks: [Sums], total: Float) {
        let sums = mapInParallel(blocks.count) { Self.sums(blocks[$0], xs, ys) }
        // Every point is as close as can be to itself, which does not count.
        let total = sums.reduce(0) { $0 + $1.closeness } - Double(count)
        return (sums, Float(max(total, Affinities.epsilon)))
    }

    /// Without a sum over neighbouring elements in the inner loop, so that it becomes vector instructions.
    private static func sums(_ block: Block, _ allX: [Float], _ allY: [Float]) -> Sums {
        let n = block.points.count
        let zeros = [Float](repeating: 0, count: n)
        var (attractionX, attractionY, repulsionX, repulsionY) = (zeros, zeros, zeros, zeros)
        var closenesses = zeros
        let (ownX, ownY) = (Array(allX[block.points]), Array(allY[block.points]))
        let (affinities, xs, ys) = (block.affinities.span, ownX.span, ownY.span)
        var pullX = attractionX.mutableSpan
        var pullY = attractionY.mutableSpan
        var pushX = repulsionX.mutableSpan
        var pushY = repulsionY.mutableSpan
        var closeness = closenesses.mutableSpan
        for point in allX.indices {
            let (x, y) = (allX[point], allY[point])
            let row = affinities.extracting(point * n..<(point + 1) * n)
            for index in 0..<n {
                let (dx, dy) = (xs[index] - x, ys[index] - y)
                let close = 1 / (1 + dx * dx + dy * dy)
                let (pull, push) = (row[index] * close, close * close)
                pullX[index] += pull * dx
                pullY[index] += pull * dy
                pushX[index] += push * dx
                pushY[index] += push * dy
                closeness[index] += close
            }
        }
        return Sums(
            attraction: (attractionX, attractionY), repulsion: (repulsionX, repulsionY),
            closeness: closenesses.reduce(0) { $0 + Double($1) })
    }
}
