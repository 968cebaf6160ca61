import Layers
import Tensors

/// In which order the dimensions of a layer's output stand in the network, where its file has `[C, H, W]`.
enum ChannelOrder: Hashable, Sendable {
    /// As the file has them.
    case file
    /// The channels behind rows and columns.
    case last
    /// Flattened with the channels last, where the file has them first; the shape is `[H, W, C]`.
    case flattened(Shape)
}

/// What a layer of a model asks of the order of its inputs, and what it makes of it.
///
/// Networks have the channels last. Layers of `channels_first` get pictures so; layers that treat all elements
/// alike take what comes; and whatever goes by positions gets the file's order.
enum OrderDemand {
    /// A layer that goes over pictures with the channels first.
    case picture
    /// Elements of whatever order, the same for all inputs.
    case any
    /// One axis, counted with the batch, that has to be the last.
    case axis(Int)
    /// Any axis, counted with the batch.
    case everyAxis(Int)
    /// Any axes, counted with the batch, that are gone through together.
    case axes([Int])
    /// A slope for each element, or for those that share axes.
    case slopes
    /// The file's order.
    case file

    init(of layer: LayerDecoding.Decoded) {
        let config = layer.step.layer.config
        if layer.step.layer.isChannelsFirst {
            self = layer.layer is Flatten ? .file : .picture
            return
        }
        switch layer.layer {
        case let activation as Activation:
            self = [.softmax, .logSoftmax].contains(activation.activation) ? .file : .any
        case is ReLU, is LeakyReLU, is ELU, is GELU, is GaussianNoise, is GaussianDropout,
            is ActivityRegularization, is Identity, is Add, is Subtract, is Multiply, is Average, is Maximum,
            is Minimum, is CustomScaleLayer:
            self = .any
        case let dropout as Dropout: self = dropout.noiseShape == nil ? .any : .file
        case let rescaling as Rescaling:
            self = rescaling.scale.count == 1 && rescaling.offset.count == 1 ? .any : .file
        case let concatenation as Concatenate: self = .everyAxis(concatenation.axis)
        case let softmax as Softmax: self = .axes(softmax.axes)
        case let normalization as LayerNormalization: self = .axes(normalization.axes)
        case let normalization as GroupNormalization: self = .axes([normalization.axis])
        case let normalization as Normalization:
            // Given numbers are not turned.
            let isTurned = normalization.mean != nil && normalization.axes.count == 3
            self = normalization.axes.isEmpty ? .any : isTurned ? .file : .axes(normalization.axes)
        case is BatchNormalization:
            let axis = config["axis"]
            self = (axis?.integer ?? axis?.array?.first?.integer).map { .axis($0) } ?? .file
        case is PReLU: self = .slopes
        default: self = .file
        }
    }

    /// The axis of `[H, W, C]` that is an axis of `[C, H, W]`, both counted with the batch.
    static func lastOrder(of axis: Int) -> Int? {
        [1: 3, 2: 1, 3: 2, -3: 3, -2: 1, -1: 2][axis]
    }

    /// The axes of `[H, W, C]` that are axes of `[C, H, W]`, in ascending order.
    /// - Parameter hasArrays: whether there are arrays with the extents of the axes.
    /// - Returns: nil where the arrays of two axes would have to be turned, or there are no such axes.
    static func lastOrder(of axes: [Int], hasArrays: Bool) -> [Int]? {
        let moved = axes.compactMap(lastOrder).sorted()
        guard moved.count == axes.count, !(hasArrays && moved.count == 2 && moved.contains(3)) else {
            return nil
        }
        return moved == [3] ? [-1] : moved
    }
}

extension LayerDescription {
    /// Whether it is for pictures `[C, H, W]`.
    var isChannelsFirst: Bool { config["data_format"] == "channels_first" || hasTheanoOrder }

    /// What Keras 1 called a transposed convolution.
    static let deconvolution = "Deconvolution2D"

    /// Whether it is one of Keras 1 for Theano's order of dimensions, which kernels then have as well.
    var hasTheanoOrder: Bool { config["dim_ordering"] == "th" }
}

extension FlatModel {
    /// Whether a network's input is better off with the channels last: whether the first layer behind it that
    /// cares has them first.
    func hasChannelsFirst(input: Int) -> Bool {
        var reached: Set = [input]
        for (index, step) in steps.enumerated() where step.inputs.contains(where: reached.contains) {
            if step.layer.isChannelsFirst { return true }
            switch step.layer.className {
            case "Permute": return step.layer.config["dims"] == [2, 3, 1]
            case "Flatten", "Dense", "Reshape": return false
            default:
                guard step.layer.config["data_format"] == nil, step.layer.config["dim_ordering"] == nil
                else { return false }
                reached.insert(index)
            }
        }
        return false
    }
}
