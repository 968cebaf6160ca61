/// How much each place of a picture counts: numbers in rows from the top, of a coarser grid than the picture's pixels
/// or of as many.
public struct HeatMap: Sendable, Equatable {
    /// How many rows there are.
    public let height: Int
    /// How many numbers a row has.
    public let width: Int
    /// The numbers, row after row.
    public let values: [Float]

    /// A map of the given numbers, of which there must be `height · width`.
    public init(height: Int, width: Int, values: [Float]) {
        precondition(values.count == height * width, "\(values.count) numbers for \(height) × \(width)")
        (self.height, self.width, self.values) = (height, width, values)
    }

    /// The number at a place.
    public subscript(row: Int, column: Int) -> Float { values[row * width + column] }

    /// The greatest number.
    public var greatest: Float { values.max() ?? 0 }

    /// The positive numbers as shares of the greatest, the others 0; all 0 where none is positive.
    public var normalized: HeatMap {
        let greatest = greatest
        guard greatest > 0 else {
            return HeatMap(height: height, width: width, values: Array(repeating: 0, count: values.count))
        }
        return HeatMap(height: height, width: width, values: values.map { max($0, 0) / greatest })
    }

    /// The map in another size, by linear interpolation between the centres of its cells: `tf.image.resize`.
    public func resized(height newHeight: Int, width newWidth: Int) -> HeatMap {
        precondition(newHeight > 0 && newWidth > 0, "a map of \(newHeight) × \(newWidth)")
        let rows = Interpolation.places(newHeight, among: height)
        let columns = Interpolation.places(newWidth, among: width)
        var result: [Float] = []
        result.reserveCapacity(newHeight * newWidth)
        for row in rows {
            for column in columns {
                let upper = column.mean(self[row.first, column.first], self[row.first, column.second])
                let lower = column.mean(self[row.second, column.first], self[row.second, column.second])
                result.append(row.mean(upper, lower))
            }
        }
        return HeatMap(height: newHeight, width: newWidth, values: result)
    }
}

/// The two numbers that a place lies between.
private struct Interpolation {
    var first: Int
    var second: Int
    /// How much the second counts.
    var share: Float

    func mean(_ first: Float, _ second: Float) -> Float { first + (second - first) * share }

    static func places(_ count: Int, among given: Int) -> [Interpolation] {
        let scale = Float(given) / Float(count)
        return (0..<count).map { index in
            let place = (Float(index) + 0.5) * scale - 0.5
            let floor = place.rounded(.down)
            return Interpolation(
                first: max(Int(floor), 0), second: min(Int(place.rounded(.up)), given - 1),
                share: place - floor)
        }
    }
}
