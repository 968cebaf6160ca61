import Tensors

/// `x` where it is positive, `alpha · x` elsewhere, with slopes that are trained.
///
/// He et al., "Delving deep into rectifiers", ICCV 2015.
public struct PReLU: Layer {
    /// Keras's name of the class.
    public static let className = "PReLU"
    /// The layer's name.
    public let name: String
    /// The axes along which one slope serves all elements, counted from 1 as in Keras: `[1, 2]` for a slope a
    /// channel.
    public let sharedAxes: [Int]
    /// How the slopes are filled when they are not imported.
    public let alphaInitializer: Initializer

    /// A parametric rectifier with Keras's defaults: a slope an element.
    public init(_ name: String, sharedAxes: [Int] = [], alphaInitializer: Initializer = .zeros) {
        self.name = name
        self.sharedAxes = sharedAxes
        self.alphaInitializer = alphaInitializer
    }

    /// The input's shape.
    public func outputShape(for inputs: [Shape]) throws(LayerError) -> Shape {
        let input = try onlyInput(inputs)
        guard sharedAxes.allSatisfy({ (1...input.rank).contains($0) }) else {
            throw .hyperparameter(
                layer: name, className: className, name: "shared axes", expected: "in 1...\(input.rank)",
                found: "\(sharedAxes)")
        }
        return input
    }

    /// `alpha`, of the input's shape with the shared axes' extents 1.
    public func parameters(for inputs: [Shape]) -> [ParameterSpec] {
        var shape = inputs[0]
        for axis in sharedAxes { shape[axis - 1] = 1 }
        return [ParameterSpec("alpha", shape, .slope, alphaInitializer)]
    }

    /// One operation.
    public func lower(_ inputs: [ValueID], into graph: inout OperationGraph) -> ValueID {
        graph.append(.parametricRectifier(slope: ParameterKey(name, "alpha")), to: inputs, layer: name)
    }
}
