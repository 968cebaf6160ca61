import Tensors

/// What can go wrong when a network is looked into.
public enum InsightError: Error, Equatable {
    /// No layer gives a map that a class could be found in.
    case noMaps(network: String)
    /// A layer gives no map of several pixels.
    case notAMap(layer: String, shape: Shape, suggestions: [String])
    /// A class was asked for that the network does not have.
    case classNumber(Int, count: Int)
    /// A patch is larger than the picture.
    case patch(Int, height: Int, width: Int)
    /// There are too few samples to be put on a map.
    case sampleCount(Int, atLeast: Int, purpose: String)
    /// Features have something that is no number.
    case notFinite(row: Int)
    /// A perplexity is not one that so many samples can have.
    case perplexity(Double, samples: Int)
    /// There is no dense layer whose input could be taken for the features.
    case noFeatures(network: String)
    /// An array is not in one of two networks that are compared, or has another shape.
    case incomparable(layer: String, array: String)
}

extension InsightError: CustomStringConvertible {
    /// The error as a sentence for the person who has to act.
    public var description: String {
        switch self {
        case .noMaps(let network):
            "network '\(network)': no layer gives a map [H, W, C] of more than one pixel, which Grad-CAM needs"
        case .notAMap(let layer, let shape, let suggestions):
            "layer '\(layer)': expected a map [H, W, C] of more than one pixel, found \(shape); "
                + "the last ones that give one are " + suggestions.map { "'\($0)'" }.joined(separator: ", ")
        case .classNumber(let number, let count):
            "expected a class from 0 to \(count - 1), found \(number)"
        case .patch(let side, let height, let width):
            "expected a patch that fits into pictures of \(height) × \(width), found \(side) × \(side)"
        case .sampleCount(let count, let minimum, let purpose):
            "\(purpose): expected at least \(minimum) samples, found \(count)"
        case .notFinite(let row):
            "the features of sample \(row + 1) have a number that is not finite"
        case .perplexity(let perplexity, let samples):
            "expected a perplexity below the number of samples, \(samples), found \(perplexity)"
        case .noFeatures(let network):
            "network '\(network)': no dense layer, whose input would be the features; name a layer"
        case .incomparable(let layer, let array):
            "layer '\(layer)': its \(array) is not in the pretrained network, or has another shape there"
        }
    }
}
