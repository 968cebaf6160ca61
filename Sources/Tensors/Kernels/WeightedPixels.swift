/// Pixels as weighted sums of neighbours: of rows, and then of columns.
package struct WeightedPixels: PixelTransfer {
    /// The rows, or the columns, that one of the new size is a sum of.
    package struct Neighbours: Sendable {
        /// The first of them.
        package let first: Int
        /// What it and those behind it are multiplied by.
        package let weights: [Float]

        package init(first: Int, weights: [Float]) {
            self.first = first
            self.weights = weights
        }
    }

    private let height: Int
    private let width: Int
    private let rows: [Neighbours]
    private let columns: [Neighbours]

    /// - Parameters:
    ///   - height: of the pictures that are resized.
    ///   - width: of the pictures that are resized.
    package init(height: Int, width: Int, rows: [Neighbours], columns: [Neighbours]) {
        self.height = height
        self.width = width
        self.rows = rows
        self.columns = columns
    }

    package func gather(
        _ source: UnsafePointer<Float>, into result: UnsafeMutablePointer<Float>, batch: Int, channels: Int
    ) {
        let length = width * channels
        nonisolated(unsafe) let (source, result) = (source, result)
        runInParallel(batch * rows.count) { line in
            let row = rows[line % rows.count]
            let from = source + ((line / rows.count) * height + row.first) * length
            var to = result + line * columns.count * channels
            Self.withZeros(length) { sum in
                for (offset, weight) in row.weights.enumerated() {
                    Self.add(from + offset * length, times: weight, to: sum, count: length)
                }
                for column in columns {
                    to.update(repeating: 0, count: channels)
                    for (offset, weight) in column.weights.enumerated() {
                        let pixel = sum + (column.first + offset) * channels
                        Self.add(pixel, times: weight, to: to, count: channels)
                    }
                    to += channels
                }
            }
        }
    }

    package func scatter(
        _ gradient: UnsafePointer<Float>, into result: UnsafeMutablePointer<Float>, batch: Int, channels: Int
    ) {
        let length = width * channels
        nonisolated(unsafe) let (gradient, result) = (gradient, result)
        runInParallel(batch) { picture in
            let whole = result + picture * height * length
            whole.update(repeating: 0, count: height * length)
            var from = gradient + picture * rows.count * columns.count * channels
            for row in rows {
                Self.withZeros(length) { sum in
                    for column in columns {
                        for (offset, weight) in column.weights.enumerated() {
                            let pixel = sum + (column.first + offset) * channels
                            Self.add(from, times: weight, to: pixel, count: channels)
                        }
                        from += channels
                    }
                    for (offset, weight) in row.weights.enumerated() {
                        Self.add(
                            sum, times: weight, to: whole + (row.first + offset) * length, count: length)
                    }
                }
            }
        }
    }

    private static func withZeros(_ count: Int, _ body: (UnsafeMutablePointer<Float>) -> Void) {
        withUnsafeTemporaryAllocation(of: Float.self, capacity: count) { line in
            line.initialize(repeating: 0)
            line.baseAddress.map(body)
        }
    }

    private static func add(
        _ source: UnsafePointer<Float>, times weight: Float, to sum: UnsafeMutablePointer<Float>, count: Int
    ) {
        for index in 0..<count { sum[index] += weight * source[index] }
    }
}
