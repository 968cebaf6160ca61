import Layers
import Tensors

extension LayerConfig {
    /// A number, or an array in lists of lists; nil where the file has none.
    func array(_ key: String) throws -> GivenNumbers? {
        guard let value = value(key) else { return nil }
        guard let numbers = GivenNumbers(value.withoutNumPy) else {
            throw problem([key], "a number, or lists of numbers of equal lengths", value)
        }
        return numbers
    }
}

extension GivenNumbers {
    /// - Returns: nil for what is no number, nor lists of equally many of equal shapes.
    fileprivate init?(_ value: JSONValue) {
        guard let list = value.array else {
            guard let number = value.number, number.isFinite else { return nil }
            self.init(shape: [], elements: [Float(number)])
            return
        }
        let parts = list.map(GivenNumbers.init)
        guard let first = parts.first ?? nil, parts.allSatisfy({ $0?.shape == first.shape }) else {
            return nil
        }
        self.init(
            shape: Shape([list.count] + first.shape.dimensions),
            elements: parts.flatMap { $0?.elements ?? [] })
    }
}

extension JSONValue {
    /// What an array of NumPy holds: Keras 3 writes those that it is given as objects.
    var withoutNumPy: JSONValue {
        self["class_name"] == "__numpy__" ? self["config"]?["value"] ?? self : self
    }

    /// The number, or lists of lists.
    init(_ numbers: GivenNumbers) {
        guard let extent = numbers.shape.dimensions.first else {
            self = JSONValue(numbers.elements[0])
            return
        }
        let inner = Shape(Array(numbers.shape.dimensions.dropFirst()))
        self = .array(
            (0..<extent).map { part in
                let elements = numbers.elements.dropFirst(part * inner.elementCount).prefix(
                    inner.elementCount)
                return JSONValue(GivenNumbers(shape: inner, elements: Array(elements)))
            })
    }
}
