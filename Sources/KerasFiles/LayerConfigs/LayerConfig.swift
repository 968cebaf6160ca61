import Layers

/// The hyper-parameters of a layer in a file, read by name.
///
/// Keys change their names with Keras's versions, so each is asked for by all of them. What nobody asks
/// for is either known to be harmless or ends in ``unknownKeys``.
final class LayerConfig {
    /// Why a layer cannot be taken over.
    struct Problem: Error, Equatable {
        let reason: String
    }

    /// The layer's name in the network.
    let name: String
    /// Keras's name of the class.
    let className: String
    /// The first number of the version of Keras that wrote the file; 3 where the file does not tell.
    let kerasMajor: Int
    /// The rank of the input, batch included, that makes an axis given by number the last one.
    private(set) var requiredInputRank: Int?
    /// The height and width that the output has to have, where the configuration tells.
    private(set) var requiredOutputSize: Pair?
    /// What a call hands over beside tensors: `args[1]`, `y`.
    let arguments: [String: JSONValue]
    private let members: [String: JSONValue]
    private var asked: Set<String> = []

    init(
        name: String, className: String, members: [String: JSONValue], arguments: [String: JSONValue] = [:],
        kerasMajor: Int
    ) {
        self.name = name
        self.arguments = arguments
        self.className = className
        self.members = members
        self.kerasMajor = kerasMajor
    }

    /// No more than this is believed of an extent: products of three of them do not overflow.
    static let largestInteger = 1 << 20

    /// The value of the first key that is there and not null.
    func value(_ keys: [String]) -> JSONValue? {
        asked.formUnion(keys)
        return keys.lazy.compactMap { self.members[$0] }.first { !$0.isNull }
    }

    /// Whether there is a key, be it null.
    func has(_ key: String) -> Bool { members[key] != nil }

    func value(_ keys: String...) -> JSONValue? { value(keys) }

    /// A whole number that is not negative.
    func integer(_ keys: String..., default fallback: Int? = nil) throws -> Int {
        guard let value = value(keys) else {
            guard let fallback else { throw missing(keys) }
            return fallback
        }
        return try integer(value, keys)
    }

    /// A height and a width: one number for both, or two.
    func pair(_ keys: String..., default fallback: Pair? = nil) throws -> Pair {
        guard let value = value(keys) else {
            guard let fallback else { throw missing(keys) }
            return fallback
        }
        guard let list = value.array else { return Pair(try integer(value, keys)) }
        guard list.count == 2 else { throw problem(keys, "two numbers", value) }
        return Pair(try integer(list[0], keys), try integer(list[1], keys))
    }

    /// Rows and columns at the borders: `1`, `[1, 2]` or `[[top, bottom], [left, right]]`.
    func borders(_ keys: String...) throws -> (before: Pair, after: Pair) {
        guard let value = value(keys) else { throw missing(keys) }
        guard let sides = value.array else {
            let both = Pair(try integer(value, keys))
            return (both, both)
        }
        guard sides.count == 2 else { throw problem(keys, "two numbers or two pairs", value) }
        let ends = try sides.map { side -> Pair in
            guard let ends = side.array else { return Pair(try integer(side, keys)) }
            guard ends.count == 2 else { throw problem(keys, "two numbers or two pairs", value) }
            return Pair(try integer(ends[0], keys), try integer(ends[1], keys))
        }
        return (Pair(ends[0].height, ends[1].height), Pair(ends[0].width, ends[1].width))
    }

    /// An axis, which counts from the end if it is negative; sometimes alone in a list.
    func axis(_ key: String = "axis", default fallback: Int = -1) throws -> Int {
        guard let value = value(key) else { return fallback }
        let list = value.array ?? [value]
        guard list.count == 1, let axis = list[0].integer, (-8...8).contains(axis) else {
            throw problem([key], "one axis", value)
        }
        return axis
    }

    /// One axis or several, which count from the end if they are negative.
    /// - Parameter sorted: whether Keras brings them in ascending order.
    func axes(sorted: Bool) throws -> [Int] {
        guard let value = value("axis") else { return [-1] }
        let list = value.array ?? [value]
        let axes = list.compactMap(\.integer).filter { (-8...8).contains($0) }
        guard !axes.isEmpty, axes.count == list.count else { throw problem(["axis"], "axes", value) }
        return sorted ? axes.sorted() : axes
    }

    /// Whole numbers, each perhaps absent.
    func integers(_ key: String) throws -> [Int?]? {
        guard let value = value(key) else { return nil }
        guard let list = value.array else { throw problem([key], "a list of whole numbers", value) }
        return try list.map { $0.isNull ? nil : try integer($0, [key]) }
    }

    /// A number.
    func float(_ keys: String..., default fallback: Float? = nil) throws -> Float {
        guard let value = value(keys) else {
            guard let fallback else { throw missing(keys) }
            return fallback
        }
        return try float(value, keys)
    }

    /// A number that may be absent.
    func optionalFloat(_ keys: String...) throws -> Float? { try value(keys).map { try float($0, keys) } }

    /// One number or several.
    func floats(_ keys: String..., default fallback: [Float]) throws -> [Float] {
        guard let value = value(keys)?.withoutNumPy else { return fallback }
        guard let list = value.array else { return [try float(value, keys)] }
        return try list.flatMap { element in
            try element.array.map { try $0.map { try float($0, keys) } } ?? [float(element, keys)]
        }
    }

    /// True or false.
    func bool(_ keys: String..., default fallback: Bool) throws -> Bool {
        guard let value = value(keys) else { return fallback }
        if let number = value.number { return number != 0 }
        guard let flag = value.bool else { throw problem(keys, "true or false", value) }
        return flag
    }

    /// Refuses a value that is there and is not the one that is supported.
    func require(_ keys: String..., toBe expected: JSONValue...) throws {
        guard let value = value(keys), !expected.contains(value) else { return }
        throw problem(keys, expected.map(\.text).joined(separator: " or "), value)
    }

    /// Refuses an axis other than the last, which is -1 or, for inputs of that rank, a number.
    func requireLastAxis() throws {
        let axis = try axis()
        guard axis == -1 || axis > 0 else { throw problem(["axis"], "-1, the last axis", value("axis")) }
        if axis > 0 { requiredInputRank = axis + 1 }
    }

    /// Takes note of the picture that Keras 1's transposed convolution is told to make: `[batch, H, W, C]`, or
    /// `[batch, C, H, W]` in Theano's order.
    func requireOutput(channels: Int) throws {
        let isTheanos = value("dim_ordering") == "th"
        let found = value("output_shape")
        let extents = try found?.array?.dropFirst().map { try integer($0, ["output_shape"]) } ?? []
        guard extents.count == 3, extents[isTheanos ? 0 : 2] == channels else {
            let picture = isTheanos ? "\(channels), H, W" : "H, W, \(channels)"
            throw problem(["output_shape"], "[batch, \(picture)]", found)
        }
        requiredOutputSize = isTheanos ? Pair(extents[1], extents[2]) : Pair(extents[0], extents[1])
    }

    /// The configuration without what every layer has.
    var ownMembers: [String: JSONValue] {
        let common: Set = ["name", "trainable", "dtype", "batch_input_shape", "batch_shape", "input_shape"]
        return members.filter { !common.contains($0.key) }
    }

    /// Says that nothing of the configuration matters.
    func ignoreEverything() { asked.formUnion(members.keys) }

    /// The keys that nobody has asked for, with values that might mean something.
    var unknownKeys: [String] {
        members.filter { !asked.contains($0.key) && !$0.value.isNull && !HarmlessKeys.contains($0.key) }
            .keys.sorted()
    }

    /// The reason for refusing a value.
    func problem(_ keys: [String], _ expected: String, _ found: JSONValue?) -> Problem {
        let key = keys.first { members[$0] != nil } ?? keys[0]
        return Problem(reason: "expected \(key) to be \(expected), found \(found.excerpt)")
    }

    private func missing(_ keys: [String]) -> Problem {
        Problem(reason: "expected a value for \(keys[0]), found none")
    }

    private func integer(_ value: JSONValue, _ keys: [String]) throws -> Int {
        guard let integer = value.integer, (0...Self.largestInteger).contains(integer) else {
            throw problem(keys, "a whole number up to \(Self.largestInteger)", value)
        }
        return integer
    }

    private func float(_ value: JSONValue, _ keys: [String]) throws -> Float {
        // Keras 2.3 and 2.4 wrote some numbers as NumPy's arrays of none.
        guard let number = value.number ?? value["value"]?.number, number.isFinite else {
            throw problem(keys, "a number", value)
        }
        return Float(number)
    }
}
