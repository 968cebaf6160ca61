import Tensors

/// Names one array of a network: `conv1/kernel`.
public struct ParameterKey: Hashable, Sendable, CustomStringConvertible {
    /// The layer's name.
    public let layer: String
    /// Keras's name of the array: `kernel`, `bias`, `gamma`, `moving_mean`, …
    public let name: String

    /// The key of an array of a layer.
    public init(_ layer: String, _ name: String) {
        self.layer = layer
        self.name = name
    }

    /// The key as it is written in logs: `conv1/kernel`.
    public var description: String { "\(layer)/\(name)" }
}

/// What a layer says of one of its arrays.
public struct ParameterSpec: Hashable, Sendable {
    /// What an array is for; regularization and weight decay depend on it.
    public enum Role: Sendable {
        /// Multiplies the input: the kernel of a convolution or dense layer.
        case kernel
        /// Is added to the output.
        case bias
        /// Scales or shifts a normalized value: `gamma`, `beta`.
        case normalization
        /// Is a rectifier's slope: `alpha`.
        case slope
        /// Is estimated from the data, not trained by gradient: `moving_mean`, `moving_variance`.
        case statistic
    }

    /// Keras's name of the array.
    public let name: String
    /// The array's shape, in Keras's layout.
    public let shape: Shape
    /// What the array is for.
    public let role: Role
    /// How it is filled when it is not imported.
    public let initializer: Initializer

    /// A description of one array.
    public init(_ name: String, _ shape: Shape, _ role: Role, _ initializer: Initializer) {
        self.name = name
        self.shape = shape
        self.role = role
        self.initializer = initializer
    }

    /// Whether gradient descent may change the array, as opposed to statistics of the data.
    public var isTrainable: Bool { role != .statistic }
}

/// The arrays of a network, by layer and name, in Keras's layouts.
public struct Parameters: Sendable, Equatable {
    private var tensors: [ParameterKey: Tensor] = [:]

    /// No arrays.
    public init() {}

    /// The array of a key.
    public subscript(key: ParameterKey) -> Tensor? {
        get { tensors[key] }
        set { tensors[key] = newValue }
    }

    /// The array of a layer.
    public subscript(layer: String, name: String) -> Tensor? {
        get { tensors[ParameterKey(layer, name)] }
        set { tensors[ParameterKey(layer, name)] = newValue }
    }

    /// The keys, in no order; a ``Network`` has them in its layers' order.
    public var keys: some Collection<ParameterKey> { tensors.keys }

    /// How many arrays there are.
    public var count: Int { tensors.count }

    /// Changes an array in place; nothing happens where there is none.
    public mutating func update<Result>(
        _ key: ParameterKey, _ body: (inout Tensor) throws -> Result
    ) rethrows -> Result? {
        // Through the index, so that the dictionary does not hold a second reference that forces a copy.
        guard let index = tensors.index(forKey: key) else { return nil }
        return try body(&tensors.values[index])
    }

    /// Takes over all arrays of `other`, replacing those of equal keys.
    public mutating func merge(_ other: Parameters) {
        tensors.merge(other.tensors) { $1 }
    }
}
