/// Points on a plane in cells that are divided into four, as long as they hold more than one.
///
/// The cells stand in the order in which one comes through them, each followed by what is within it and knowing what
/// comes after that, so that no stack is needed.
struct QuadTree {
    private struct Cell {
        /// The mean of its points.
        var x: Float
        var y: Float
        var points: Float
        /// Its squared width over the squared angle: from further away than this, it counts as one point. Of a cell
        /// that is not divided it is below 0, so that it always does.
        var reach: Float
        /// The cell after all that is within this one.
        var next: Int
    }

    /// The points, those beside one another close to one another.
    let order: [Int]
    private var cells: [Cell] = []
    /// How often the plane is halved at most; what is still in one cell counts as one place.
    private static let depth = 21

    /// - Parameter angle: how wide a cell may look, as width over distance, to count as one point; below 0.7, so that
    ///   no point takes a cell with itself for far away.
    init(_ xs: [Float], _ ys: [Float], angle: Float) {
        let (left, top) = (xs.min() ?? 0, ys.min() ?? 0)
        let width = max((xs.max() ?? 0) - left, (ys.max() ?? 0) - top, Float.leastNormalMagnitude)
        let codes = xs.indices.map { index in
            Self.interleaved(
                Self.place(xs[index] - left, within: width), Self.place(ys[index] - top, within: width))
        }
        let order = xs.indices.sorted { (codes[$0], $0) < (codes[$1], $1) }
        self.order = order
        cells.reserveCapacity(2 * xs.count)
        guard !order.isEmpty else { return }
        let sorted = order.map { codes[$0] }
        _ = divide(order.indices, sorted, (xs, ys), width: width / angle, level: 0)
    }

    /// What pushes a place away from all points, `Σ (place − point) / (1 + d²)²`, and how close they are to it,
    /// `Σ 1 / (1 + d²)`; a point at the place itself is as close as can be and pushes nowhere.
    func push(_ x: Float, _ y: Float) -> (x: Float, y: Float, closeness: Double) {
        var (pushX, pushY, closeness) = (Float(0), Float(0), 0.0)
        var index = 0
        while index < cells.count {
            let cell = cells[index]
            let (dx, dy) = (x - cell.x, y - cell.y)
            let distance = dx * dx + dy * dy
            guard distance > cell.reach else {
                index += 1
                continue
            }
            let close = 1 / (1 + distance)
            let weight = cell.points * close
            closeness += Double(weight)
            pushX += weight * close * dx
            pushY += weight * close * dy
            index = cell.next
        }
        return (pushX, pushY, closeness)
    }

    /// Adds a cell and what is within it.
    /// - Returns: the sums of its points.
    private mutating func divide(
        _ range: Range<Int>, _ codes: [UInt64], _ places: (x: [Float], y: [Float]), width: Float, level: Int
    ) -> (x: Double, y: Double) {
        let own = cells.count
        let isDivided = range.count > 1 && level < Self.depth
        cells.append(
            Cell(x: 0, y: 0, points: Float(range.count), reach: isDivided ? width * width : -1, next: 0))
        var sums = (x: 0.0, y: 0.0)
        if isDivided {
            let shift = UInt64(2 * (Self.depth - 1 - level))
            var first = range.lowerBound
            while first < range.upperBound {
                let quarter = codes[first] >> shift
                let end = codes[first..<range.upperBound].partitioningIndex { $0 >> shift > quarter }
                let part = divide(first..<end, codes, places, width: width / 2, level: level + 1)
                (sums.x, sums.y) = (sums.x + part.x, sums.y + part.y)
                first = end
            }
        } else {
            for point in order[range] {
                (sums.x, sums.y) = (sums.x + Double(places.x[point]), sums.y + Double(places.y[point]))
            }
        }
        cells[own].x = Float(sums.x / Double(range.count))
        cells[own].y = Float(sums.y / Double(range.count))
        cells[own].next = cells.count
        return sums
    }

    /// A coordinate as one of `2^depth` steps; the first where it is not a number.
    private static func place(_ offset: Float, within width: Float) -> UInt64 {
        let steps = Float(1 << depth)
        // In this order: a comparison with what is no number gives the first of the two.
        return UInt64(min(max(0, offset / width * steps), steps - 1))
    }

    /// The bits of two numbers in turn, so that numbers in order are cells in order (Morton, 1966).
    private static func interleaved(_ x: UInt64, _ y: UInt64) -> UInt64 {
        func spread(_ number: UInt64) -> UInt64 {
            var bits = number & 0x1F_FFFF
            bits = (bits | bits << 16) & 0x0000_FFFF_0000_FFFF
            bits = (bits | bits << 8) & 0x00FF_00FF_00FF_00FF
            bits = (bits | bits << 4) & 0x0F0F_0F0F_0F0F_0F0F
            bits = (bits | bits << 2) & 0x3333_3333_3333_3333
            return (bits | bits << 1) & 0x5555_5555_5555_5555
        }
        return spread(x) | spread(y) << 1
    }
}

extension ArraySlice {
    /// The first index whose element is on the far side, where all on that side come last.
    fileprivate func partitioningIndex(_ isBeyond: (Element) -> Bool) -> Int {
        var (low, high) = (startIndex, endIndex)
        while low < high {
            let middle = low + (high - low) / 2
            if isBeyond(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
