import Foundation
import Tensors

/// Erases a part of every other picture at random, as torchvision's `RandomErasing` does and where its
/// references have it: behind the scaling of pixels, so that 0 is the mean colour where that was subtracted.
///
/// Zhong et al., "Random erasing data augmentation", AAAI 2020.
public struct RandomErasing: Sendable, Equatable {
    /// What a part is filled with.
    public enum Fill: Sendable, Equatable {
        /// A scaled value: one for all channels, or one a channel.
        case constant([Float])
        /// A number for each element, drawn from the normal distribution.
        case random
    }

    /// The share of pictures of which a part is erased.
    public var probability: Double
    /// The least and the greatest share of the picture that the part has.
    public var scale: ClosedRange<Double>
    /// The least and the greatest ratio of the part's height to its width.
    public var ratio: ClosedRange<Double>
    /// What the part is filled with.
    public var value: Fill

    /// A rule with torchvision's defaults.
    public init(
        probability: Double = 0.5, scale: ClosedRange<Double> = 0.02...0.33,
        ratio: ClosedRange<Double> = 0.3...3.3, value: Fill = .constant([0])
    ) {
        self.probability = probability
        self.scale = scale
        self.ratio = ratio
        self.value = value
    }

    /// Erases parts of a batch's pictures.
    /// - Parameters:
    ///   - inputs: `[N, H, W, C]`, scaled.
    ///   - samples: what the N random streams are called by.
    func apply(to inputs: inout Tensor, _ samples: [Int], seed: UInt64, epoch: Int) {
        let shape = inputs.shape.unbatched
        for (position, sample) in samples.enumerated() {
            var random = SeededRandom(seed: seed, stream: RandomStream.erasing, epoch, sample)
            guard Double(random.uniform()) < probability,
                let box = draw(&random, height: shape[0], width: shape[1])
            else { continue }
            fill(box, of: &inputs, position, &random)
        }
    }

    /// The part to erase; nil where ten attempts did not fit into the picture.
    func draw(_ random: inout SeededRandom, height: Int, width: Int) -> Box? {
        for _ in 0..<10 {
            let area = Double(height * width) * Self.uniform(&random, scale)
            let aspect = exp(Self.uniform(&random, log(ratio.lowerBound)...log(ratio.upperBound)))
            guard let (rows, columns) = Self.extents(area, aspect, height, width) else { continue }
            let (top, left) = (
                random.index(below: height - rows + 1), random.index(below: width - columns + 1)
            )
            return Box(rows: top..<top + rows, columns: left..<left + columns)
        }
        return nil
    }

    /// Height and width of a part of a given area and ratio; nil where it does not fit.
    static func extents(
        _ area: Double, _ aspect: Double, _ height: Int, _ width: Int
    ) -> (height: Int, width: Int)? {
        // Python's rounding.
        let rows = Int((area * aspect).squareRoot().rounded(.toNearestOrEven))
        let columns = Int((area / aspect).squareRoot().rounded(.toNearestOrEven))
        return rows < height && columns < width ? (rows, columns) : nil
    }

    private func fill(_ box: Box, of inputs: inout Tensor, _ position: Int, _ random: inout SeededRandom) {
        let (height, width, channels) = (inputs.shape[1], inputs.shape[2], inputs.shape[3])
        inputs.withMutableElements { elements in
            for row in box.rows {
                for column in box.columns {
                    let start = ((position * height + row) * width + column) * channels
                    for channel in 0..<channels {
                        switch value {
                        case .constant(let values):
                            elements[start + channel] = values[values.count == 1 ? 0 : channel]
                        case .random: elements[start + channel] = random.normal()
                        }
                    }
                }
            }
        }
    }

    private static func uniform(_ random: inout SeededRandom, _ range: ClosedRange<Double>) -> Double {
        range.lowerBound + (range.upperBound - range.lowerBound) * Double(random.uniform())
    }
}
