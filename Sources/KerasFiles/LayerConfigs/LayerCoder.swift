import Layers

/// How layers of one class are read from configurations, and written to them.
struct LayerCoder: Sendable {
    /// Keras's names of the class: today's, then those of older versions.
    let classNames: [String]
    /// The layer of a configuration.
    let decode: @Sendable (LayerConfig) throws -> any Layer
    /// The layer's hyper-parameters, without what all layers have; nil for a layer of another class, or where
    /// the class is read alone.
    let encode: @Sendable (any Layer) -> [String: JSONValue]?

    /// A class that has a layer of its own.
    init<Value: Layer>(
        _ type: Value.Type, formerly formerNames: String...,
        decode: @escaping @Sendable (LayerConfig) throws -> Value,
        encode: @escaping @Sendable (Value) -> [String: JSONValue] = { _ in [:] }
    ) {
        classNames = [type.className] + formerNames
        self.decode = decode
        self.encode = { ($0 as? Value).map(encode) }
    }

    /// A class that today has another name and another configuration.
    init(reading className: String, decode: @escaping @Sendable (LayerConfig) throws -> any Layer) {
        classNames = [className]
        self.decode = decode
        encode = { _ in nil }
    }

    /// The coder of a class.
    static func of(_ className: String) -> LayerCoder? { table[className] }

    private static let table = Dictionary(
        (core + activations + convolutions + pooling + merging + normalizations + reshaping + regularizations
            + preprocessing + arithmetic)
            .flatMap { coder in coder.classNames.map { ($0, coder) } },
        uniquingKeysWith: { first, _ in first })
}

extension JSONValue {
    init(_ pair: Pair) { self = [JSONValue(pair.height), JSONValue(pair.width)] }
    init(_ padding: Padding) { self = .string(padding.rawValue) }
    init(_ function: ActivationFunction) { self = .string(function.rawValue) }
    init(_ interpolation: Interpolation) { self = .string(interpolation.rawValue) }

    /// One axis, or a list of several.
    init(axes: [Int]) { self = axes.count == 1 ? JSONValue(axes[0]) : .array(axes.map { JSONValue($0) }) }

    /// One number, or a list of several.
    init(_ numbers: [Float]) {
        self = numbers.count == 1 ? JSONValue(numbers[0]) : .array(numbers.map { JSONValue($0) })
    }

    /// `[[top, bottom], [left, right]]`.
    init(before: Pair, after: Pair) {
        self = [
            [JSONValue(before.height), JSONValue(after.height)],
            [JSONValue(before.width), JSONValue(after.width)],
        ]
    }
}
