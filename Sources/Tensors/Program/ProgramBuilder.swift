/// Names a piece of memory of a ``Program``.
package struct BufferID: Hashable, Sendable {
    let index: Int
}

/// What a primitive does with a buffer; the library's argument numbers.
package enum Argument: Int32, Sendable {
    case source = 1
    case secondSource = 2
    case destination = 17
    case weights = 33
    case bias = 41
    case mean = 49
    case variance = 50
    case scale = 51
    case shift = 52
    case workspace = 64
    case scratchpad = 80
    case sourceGradient = 129
    case destinationGradient = 145
    case weightsGradient = 161
    case biasGradient = 169
    case scaleGradient = 255
    case shiftGradient = 256

    /// The argument number of one of several sources.
    static func manySources(_ index: Int) -> Int32 { 1024 + Int32(index) }
}

/// Collects buffers and steps, and works out where each buffer lies.
package struct ProgramBuilder {
    /// Where a buffer's memory comes from.
    enum Storage {
        /// From the workspace, for as long as a step still needs it.
        case workspace
        /// From the program, for as long as the program lives.
        case persistent
        /// From the program, with elements that never change.
        case constant([Float])
        /// From the caller, before every run.
        case external
        /// From another buffer, so many bytes behind its start.
        case view(BufferID, byteOffset: Int)
    }

    struct Buffer {
        var descriptor: MemoryDescriptor
        var storage: Storage
    }

    enum Work {
        case primitive(Primitive, [(argument: Int32, buffer: BufferID)])
        case zero(BufferID)
        /// Lends the buffer to whoever runs the program.
        case handOver(BufferID)
        /// Works out pixels of another size, or adds their gradient up where they came from.
        case pixels(any PixelTransfer, BufferID, BufferID, isBackward: Bool)
        /// Fills with random numbers.
        case noise(BufferID, Noise, stream: Int)
    }

    private(set) var buffers: [Buffer] = []
    private(set) var sections: [[Work]] = [[], []]
    /// Steps that derive persistent buffers from external ones, run when the latter have changed.
    private(set) var preparations: [[Work]] = []

    package init() {}

    /// Parts of a program that run one after another, with intermediate values kept between them.
    package enum Section: Int, Sendable {
        case forward
        case backward
    }

    /// Memory from the workspace.
    package mutating func workspaceBuffer(_ descriptor: MemoryDescriptor) -> BufferID {
        append(descriptor, .workspace)
    }

    /// Memory that keeps its contents between runs.
    package mutating func persistentBuffer(_ descriptor: MemoryDescriptor) -> BufferID {
        append(descriptor, .persistent)
    }

    /// Memory with elements that never change, in the order in which they lie in memory.
    package mutating func constantBuffer(
        _ descriptor: MemoryDescriptor, _ elements: [Float]
    ) -> BufferID {
        append(descriptor, .constant(elements))
    }

    /// Memory that the caller brings to every run.
    package mutating func externalBuffer(_ descriptor: MemoryDescriptor) -> BufferID {
        append(descriptor, .external)
    }

    /// The same memory, seen differently.
    package mutating func view(
        of buffer: BufferID, as descriptor: MemoryDescriptor, byteOffset: Int = 0
    ) -> BufferID {
        append(descriptor, .view(buffer, byteOffset: byteOffset))
    }

    /// How a buffer lies.
    package func descriptor(of buffer: BufferID) -> MemoryDescriptor { buffers[buffer.index].descriptor }

    /// Adds a primitive to a section.
    package mutating func run(
        _ primitive: Primitive, in section: Section, _ arguments: KeyValuePairs<Argument, BufferID>
    ) {
        sections[section.rawValue].append(work(primitive, arguments.map { ($0.key.rawValue, $0.value) }))
    }

    /// Adds a primitive with any number of sources to a section.
    package mutating func run(
        _ primitive: Primitive, in section: Section, sources: [BufferID], destination: BufferID
    ) {
        let arguments =
            sources.enumerated().map { (Argument.manySources($0.offset), $0.element) }
            + [(Argument.destination.rawValue, destination)]
        sections[section.rawValue].append(work(primitive, arguments))
    }

    /// Adds a primitive with arguments gathered in an array to a section.
    package mutating func run(
        _ primitive: Primitive, in section: Section, arguments: [(Argument, BufferID)]
    ) {
        sections[section.rawValue].append(work(primitive, arguments.map { ($0.0.rawValue, $0.1) }))
    }

    /// Adds a fill with zeros to a section.
    package mutating func zero(_ buffer: BufferID, in section: Section) {
        sections[section.rawValue].append(.zero(buffer))
    }

    /// Lends a buffer to whoever runs the backward section, as soon as the steps before are done.
    package mutating func handOver(_ buffer: BufferID) {
        sections[Section.backward.rawValue].append(.handOver(buffer))
    }

    /// Adds a change of pictures' size to the forward section; both buffers lie row-major, as `[N, H, W, C]`.
    package mutating func gather(
        _ pixels: any PixelTransfer, from source: BufferID, to destination: BufferID
    ) {
        sections[Section.forward.rawValue].append(.pixels(pixels, source, destination, isBackward: false))
    }

    /// Adds a sum of pixels' gradients where they came from to the backward section.
    package mutating func scatter(
        _ pixels: any PixelTransfer, from gradient: BufferID, to destination: BufferID
    ) {
        sections[Section.backward.rawValue].append(.pixels(pixels, gradient, destination, isBackward: true))
    }

    /// Adds a fill with random numbers to the forward section.
    package mutating func draw(_ noise: Noise, into buffer: BufferID, stream: Int) {
        sections[Section.forward.rawValue].append(.noise(buffer, noise, stream: stream))
    }

    /// Adds a preparation: a primitive from one buffer into a persistent one.
    /// - Returns: the preparation's number.
    package mutating func prepare(
        _ primitive: Primitive, from source: BufferID, to destination: BufferID
    ) -> Int {
        preparations.append([
            work(
                primitive,
                [(Argument.source.rawValue, source), (Argument.destination.rawValue, destination)])
        ])
        return preparations.count - 1
    }

    private mutating func append(_ descriptor: MemoryDescriptor, _ storage: Storage) -> BufferID {
        buffers.append(Buffer(descriptor: descriptor, storage: storage))
        return BufferID(index: buffers.count - 1)
    }

    private mutating func work(
        _ primitive: Primitive, _ arguments: [(argument: Int32, buffer: BufferID)]
    ) -> Work {
        guard let scratchpad = primitive.scratchpad else { return .primitive(primitive, arguments) }
        let buffer = workspaceBuffer(scratchpad)
        return .primitive(primitive, arguments + [(Argument.scratchpad.rawValue, buffer)])
    }

    /// The buffer whose memory a view shows; the buffer itself where it is none.
    func root(of buffer: BufferID) -> BufferID {
        place(of: buffer).root
    }

    /// The buffer whose memory a view shows, and where in it.
    func place(of buffer: BufferID) -> (root: BufferID, byteOffset: Int) {
        var place = (root: buffer, byteOffset: 0)
        while case .view(let parent, let offset) = buffers[place.root.index].storage {
            place = (parent, place.byteOffset + offset)
        }
        return place
    }

    /// The first and last step that touch each buffer of the workspace.
    func lifetimes() -> [BufferID: ClosedRange<Int>] {
        var result: [BufferID: ClosedRange<Int>] = [:]
        // Preparations come before everything and need their scratch memory at no other time.
        let steps = preparations.flatMap { $0 } + sections.flatMap { $0 }
        for (step, work) in steps.enumerated() {
            for buffer in Self.touched(by: work).map(root) {
                let first = result[buffer]?.lowerBound ?? step
                result[buffer] = first...step
            }
        }
        return result
    }

    private static func touched(by work: Work) -> [BufferID] {
        switch work {
        case .primitive(_, let arguments): arguments.map(\.buffer)
        case .pixels(_, let source, let destination, _): [source, destination]
        case .zero(let buffer), .handOver(let buffer), .noise(let buffer, _, _): [buffer]
        }
    }
}
