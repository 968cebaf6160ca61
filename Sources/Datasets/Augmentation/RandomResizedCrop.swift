import Foundation
import Tensors

/// Cuts out a part of pictures and brings it to their size; torchvision's `RandomResizedCrop`, with its way
/// of drawing.
///
/// The part is cut out of the picture in the network's size.
///
/// Szegedy et al., "Going deeper with convolutions", CVPR 2015.
public struct RandomResizedCrop: GeometricStep, Equatable {
    /// The part's share of the picture's area.
    public let scale: ClosedRange<Double>
    /// The part's width divided by its height.
    public let ratio: ClosedRange<Double>
    /// How probable it is that a picture is cut at all.
    public let probability: Double

    /// A crop.
    public init(
        scale: ClosedRange<Double> = 0.08...1, ratio: ClosedRange<Double> = 0.75...4.0 / 3,
        probability: Double = 1
    ) {
        self.scale = scale
        self.ratio = ratio
        self.probability = probability
    }

    /// The enlargement of a part.
    public func map(height: Int, width: Int, using random: inout SeededRandom) -> PixelMap {
        guard random.happens(probability) else { return .identity }
        for _ in 0..<10 {
            let area = Double(height * width) * random.uniform(in: scale)
            let ratio = exp(random.uniform(in: log(ratio.lowerBound)...log(ratio.upperBound)))
            let columns = Int((area * ratio).squareRoot().rounded())
            let rows = Int((area / ratio).squareRoot().rounded())
            guard (1...width).contains(columns), (1...height).contains(rows) else { continue }
            return part(
                rows, columns, top: random.index(below: height - rows + 1),
                left: random.index(below: width - columns + 1), height: height, width: width)
        }
        return centralPart(height: height, width: width)
    }

    private func part(
        _ rows: Int, _ columns: Int, top: Int, left: Int, height: Int, width: Int
    ) -> PixelMap {
        .crop(
            rows: top...top + rows - 1, columns: left...left + columns - 1, height: height, width: width)
    }

    /// What is taken where ten draws did not fit into the picture: as much as the ratio lets.
    private func centralPart(height: Int, width: Int) -> PixelMap {
        let own = Double(width) / Double(height)
        let rows = own < ratio.lowerBound ? Int((Double(width) / ratio.lowerBound).rounded()) : height
        let columns = own > ratio.upperBound ? Int((Double(height) * ratio.upperBound).rounded()) : width
        let (fittingRows, fittingColumns) = (min(max(rows, 1), height), min(max(columns, 1), width))
        return part(
            fittingRows, fittingColumns, top: (height - fittingRows) / 2, left: (width - fittingColumns) / 2,
            height: height, width: width)
    }
}
