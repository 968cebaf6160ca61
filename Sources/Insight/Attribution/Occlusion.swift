import Tensors

/// What a network misses when a part of a picture is covered: a patch moves over the picture, and wherever the
/// probability of the class falls, something was that speaks for it.
///
/// Zeiler and Fergus, "Visualizing and Understanding Convolutional Networks", 2014.
public struct Occlusion: Sendable, Equatable {
    /// What covers the picture.
    public enum Fill: String, Sendable, CaseIterable {
        /// The picture's mean colour.
        case mean
        /// 0 in the network's input, after the pixels are scaled: Captum's baseline.
        case zero
    }

    /// The patch's height and width in pixels of the network's input.
    public var patch: Int
    /// How many pixels it moves at a time.
    public var stride: Int
    /// What it shows.
    public var fill: Fill

    /// A patch. Without numbers, it is a seventh of the picture's shorter side and moves by half of itself.
    public init(patch: Int? = nil, stride: Int? = nil, fill: Fill = .mean, for input: Shape) {
        self.patch = patch ?? max(min(input[0], input[1]) / 7, 1)
        self.stride = stride ?? max(self.patch / 2, 1)
        self.fill = fill
    }

    /// How much the probability of a class falls.
    public struct Result: Sendable, Equatable {
        /// The probability of the picture as it is.
        public let probability: Double
        /// The upper edges of the rows of patches.
        public let tops: [Int]
        /// The left edges of the columns of patches.
        public let lefts: [Int]
        /// By how much the probability falls behind each patch, a row after the other; negative where it rises.
        public let falls: HeatMap
        /// For each pixel, the mean of the patches that cover it.
        public let map: HeatMap
    }

    /// The map of a class.
    /// - Parameters:
    ///   - picture: what goes into the network, `[1, H, W, C]`.
    ///   - batchSize: how many pictures `predict` gets, always.
    ///   - predict: the probabilities, `[N, K]`, of pictures, `[N, H, W, C]`.
    ///   - observe: hears how many patches of how many are done.
    /// - Throws: ``InsightError``, and what `predict` and `observe` throw.
    public func map(
        of picture: Tensor, class label: Int, batchSize: Int = 32, predict: (Tensor) throws -> Tensor,
        observe: (Int, Int) throws -> Void = { _, _ in }
    ) throws -> Result {
        let (height, width) = (picture.shape[1], picture.shape[2])
        guard patch <= min(height, width) else {
            throw InsightError.patch(patch, height: height, width: width)
        }
        let (tops, lefts) = (starts(height), starts(width))
        let places = tops.flatMap { top in lefts.map { (top, $0) } }
        let colour = fill == .mean ? meanColour(picture) : Array(repeating: 0, count: picture.shape[3])
        // The picture itself comes first.
        let pictures: [(Int, Int)?] = [nil] + places
        var probabilities: [Double] = []
        while probabilities.count < pictures.count {
            let part = pictures[probabilities.count...].prefix(batchSize)
            let given = covered(picture, part, count: batchSize, by: colour)
            let scores = try predict(given)
            let classes = scores.elementCount / batchSize
            guard (0..<classes).contains(label) else {
                throw InsightError.classNumber(label, count: classes)
            }
            probabilities += (0..<part.count).map { Double(scores[$0 * classes + label]) }
            try observe(probabilities.count - 1, places.count)
        }
        let falls = probabilities.dropFirst().map { Float(probabilities[0] - $0) }
        return Result(
            probability: probabilities[0], tops: tops, lefts: lefts,
            falls: HeatMap(height: tops.count, width: lefts.count, values: falls),
            map: spread(falls, places, height: height, width: width))
    }

    /// Where patches begin along an axis; the last one ends with the picture.
    func starts(_ length: Int) -> [Int] {
        let last = length - patch
        let regular = Array(Swift.stride(from: 0, through: last, by: stride))
        return regular.last == last ? regular : regular + [last]
    }

    private func meanColour(_ picture: Tensor) -> [Float] {
        let channels = picture.shape[3]
        var sums = [Double](repeating: 0, count: channels)
        picture.withElements { pixels in
            for index in pixels.indices { sums[index % channels] += Double(pixels[index]) }
        }
        return sums.map { Float($0 / Double(picture.elementCount / channels)) }
    }

    /// A batch of copies, each with a patch; where there are fewer patches than copies, the last are as they were.
    private func covered(
        _ picture: Tensor, _ places: ArraySlice<(Int, Int)?>, count: Int, by colour: [Float]
    ) -> Tensor {
        let (width, channels, size) = (picture.shape[2], picture.shape[3], picture.elementCount)
        return Tensor(shape: Shape([count] + picture.shape.dimensions.dropFirst())) { batch in
            picture.withElements { pixels in
                for copy in 0..<count {
                    for index in pixels.indices { batch[copy * size + index] = pixels[index] }
                }
            }
            for (copy, place) in places.enumerated() {
                guard let (top, left) = place else { continue }
                for row in top..<top + patch {
                    for column in left..<left + patch {
                        let first = copy * size + (row * width + column) * channels
                        for channel in 0..<channels { batch[first + channel] = colour[channel] }
                    }
                }
            }
        }
    }

    private func spread(_ falls: [Float], _ places: [(Int, Int)], height: Int, width: Int) -> HeatMap {
        var sums = [Float](repeating: 0, count: height * width)
        var counts = sums
        for (fall, (top, left)) in zip(falls, places) {
            for row in top..<top + patch {
                for pixel in row * width + left..<row * width + left + patch {
                    sums[pixel] += fall
                    counts[pixel] += 1
                }
            }
        }
        // A stride longer than the patch leaves gaps, of which nothing is known.
        return HeatMap(
            height: height, width: width, values: zip(sums, counts).map { $1 > 0 ? $0 / $1 : 0 })
    }
}
