import Tensors

/// What can be wrong with a wish for a network.
public enum ArchitectureError: Error, Equatable {
    /// No architecture has the name.
    case unknown(String, nearest: [String], known: [String])
    /// The picture is too small, or is not one.
    case inputSize(architecture: String, minimum: Int, found: Shape)
    /// The picture has neither three channels nor one.
    case inputChannels(architecture: String, found: Shape)
    /// The width multiplier is not one of the published.
    case alpha(architecture: String, expected: [Double], found: Double)
    /// A classifier needs a class.
    case classes(architecture: String, found: Int)
    /// A network with a classifier does its own pooling.
    case poolingWithTop(architecture: String)
    /// Stochastic depth needs residual blocks.
    case noResidualBlocks(architecture: String, known: [String])
}

extension ArchitectureError: CustomStringConvertible {
    /// The error as a sentence for the person who has to act.
    public var description: String {
        switch self {
        case .unknown(let name, let nearest, let known):
            "there is no architecture '\(name)'; "
                + (nearest.isEmpty
                    ? "there are \(known.joined(separator: ", "))"
                    : "did you mean \(nearest.map { "'\($0)'" }.joined(separator: " or "))?")
        case .inputSize(let architecture, let minimum, let found):
            "\(architecture): expected an input [H, W, C] of at least \(minimum)x\(minimum) pixels, found \(found)"
        case .inputChannels(let architecture, let found):
            "\(architecture): expected an input of 3 channels (or of 1, for grey pictures), found \(found)"
        case .alpha(let architecture, let expected, let found):
            expected == [1]
                ? "\(architecture): has no width multiplier (alpha), found \(found)"
                : "\(architecture): expected alpha to be one of "
                    + expected.map { "\($0)" }.joined(separator: ", ") + ", found \(found)"
        case .classes(let architecture, let found):
            "\(architecture): expected one class or more, found \(found)"
        case .noResidualBlocks(let architecture, let known):
            "\(architecture): stochastic depth leaves out residual blocks, of which it has none; expected one of "
                + known.joined(separator: ", ")
        case .poolingWithTop(let architecture):
            "\(architecture): pooling is for a network without its top, which does its own"
        }
    }
}
