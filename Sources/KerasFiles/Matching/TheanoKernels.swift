import Layers
import Tensors

/// What is different about the kernels of files that Keras wrote with Theano.
///
/// Theano convolved in the sense of mathematics: with the kernel turned by 180°, which Keras 2 turns back
/// where the file says `theano` (`preprocess_weights_for_loading`). Keras 1 moreover had the channels before
/// the rows, and did not say so.
enum TheanoKernels {
    /// Whether an array of a layer has to be turned.
    static func areTurned(in file: WeightsFile, _ layer: any Layer, _ key: ParameterKey) -> Bool {
        file.backend == "theano" && key.name == "kernel" && (layer is Conv2D || layer is Conv2DTranspose)
    }

    /// A kernel `[H, W, …]` with its rows and columns in the opposite order.
    static func turned(_ kernel: Tensor) -> Tensor {
        let (pixels, depth) = (kernel.shape[0] * kernel.shape[1], kernel.shape[2] * kernel.shape[3])
        return Tensor(shape: kernel.shape) { elements in
            kernel.withElements { stored in
                for pixel in 0..<pixels {
                    for index in 0..<depth {
                        elements[pixel * depth + index] = stored[(pixels - 1 - pixel) * depth + index]
                    }
                }
            }
        }
    }

    /// Whether kernels have the shapes that Keras 1 and Theano made of them.
    static func areTransposed(_ problems: [ImportProblem]) -> Bool {
        problems.contains { problem in
            guard case .shape(_, _, let expected, let found) = problem, expected.rank == 4, found.rank == 4
            else { return false }
            return found == [expected[3], expected[2], expected[0], expected[1]]
        }
    }

    /// In which order the file of such kernels has a layer's arrays beside them: the rows of a dense layer behind a
    /// flattened picture.
    static func order(of node: Network.Node, in network: Network) -> ArrayOrder? {
        guard node.layer is Dense, var source = node.inputs.first else { return nil }
        while network.nodes[source].inputs.count == 1, !(network.nodes[source].layer is Flatten) {
            let node = network.nodes[source]
            guard node.outputShape.rank == 1, node.parameters.isEmpty,
                !(node.layer is GlobalAveragePooling2D),
                !(node.layer is GlobalMaxPooling2D)
            else { return nil }
            source = node.inputs[0]
        }
        let flatten = network.nodes[source]
        guard flatten.layer is Flatten, let picture = flatten.inputShapes.first, picture.rank == 3 else {
            return nil
        }
        return .flattened(picture)
    }
}
