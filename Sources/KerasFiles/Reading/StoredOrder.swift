import Tensors

/// An order of an array's numbers in a file that is not the one of Keras's layers with the channels last.
struct StoredOrder: Hashable, Sendable {
    /// The extents in which the file's numbers make sense, slowest first.
    let view: [Int]
    /// Which of them comes first, second, … in the order that is wanted.
    let axes: [Int]
    /// What the order is, for reports.
    let description: String

    /// Numbers in the order that is wanted, of an array that was read.
    func rearranged(_ stored: Tensor, shape: Shape) -> Tensor {
        var strides = Array(repeating: 1, count: view.count)
        for axis in view.indices.dropLast().reversed() { strides[axis] = strides[axis + 1] * view[axis + 1] }
        let (extents, steps) = (axes.map { view[$0] }, axes.map { strides[$0] })
        return Tensor(shape: shape) { elements in
            stored.withElements { numbers in
                var place = Array(repeating: 0, count: extents.count)
                var source = 0
                for index in 0..<numbers.count {
                    elements[index] = numbers[source]
                    var axis = extents.count - 1
                    while axis >= 0 {
                        place[axis] += 1
                        source += steps[axis]
                        if place[axis] < extents[axis] { break }
                        source -= steps[axis] * extents[axis]
                        place[axis] = 0
                        axis -= 1
                    }
                }
            }
        }
    }
}

/// What about a layer's arrays is in another order, because its file was written for pictures `[C, H, W]`.
enum ArrayOrder: Hashable, Sendable {
    /// Kernels `[out, in, H, W]`, as Keras 1 had them for Theano's order of dimensions.
    case theano
    /// Kernels `[H, W, in, out]`, as Keras 1 had those of transposed convolutions.
    case transposed
    /// The same `[out, in, H, W]`, in Theano's order of dimensions.
    case theanoTransposed
    /// An element a pixel and channel, `[C, H, W]`.
    case channelsFirst
    /// The rows of a matrix belong to the elements of a flattened `[C, H, W]`; the shape is `[H, W, C]`.
    case flattened(Shape)

    /// The layer as it would be in a file with the channels last.
    func applied(to layer: StoredLayer) -> StoredLayer {
        StoredLayer(
            name: layer.name, alias: layer.alias, path: layer.path, className: layer.className,
            arrays: layer.arrays.map(applied))
    }

    private func applied(to array: StoredArray) -> StoredArray {
        let extents = array.shape.dimensions
        switch self {
        case .theano where extents.count == 4:
            return array.permuted([2, 3, 1, 0], "[out, in, H, W], as of Theano")
        case .transposed where extents.count == 4:
            return array.permuted([0, 1, 3, 2], "[H, W, in, out], as of Keras 1")
        case .theanoTransposed where extents.count == 4:
            return array.permuted([2, 3, 0, 1], "[out, in, H, W], as of Theano")
        case .channelsFirst where extents.count == 3: return array.permuted([1, 2, 0], "[C, H, W]")
        case .flattened(let picture) where extents.count == 2 && extents[0] == picture.elementCount:
            return array.ordered(
                StoredOrder(
                    view: [picture[2], picture[0], picture[1], extents[1]], axes: [1, 2, 0, 3],
                    description: "its rows in the order of a flattened [C, H, W]"),
                shape: array.shape)
        default: return array
        }
    }
}

extension StoredArray {
    fileprivate func permuted(_ axes: [Int], _ description: String) -> StoredArray {
        let extents = shape.dimensions
        return ordered(
            StoredOrder(view: extents, axes: axes, description: description),
            shape: Shape(axes.map { extents[$0] }))
    }

    fileprivate func ordered(_ order: StoredOrder, shape: Shape) -> StoredArray {
        var array = self
        (array.order, array.shape) = (order, shape)
        return array
    }

    /// The array as the file has it.
    var asStored: StoredArray {
        guard let order else { return self }
        var array = self
        array.order = nil
        // The numbers' count is the same; who reads them does not ask for more.
        array.shape = Shape(order.view)
        return array
    }
}
