import COneDNN

/// Steps and memory, ready to run: running allocates nothing.
package final class Program {
    /// A step with its arguments in the form that the library takes.
    private struct Step {
        var work: ProgramBuilder.Work
        var arguments: [dnnl_exec_arg_t]
    }

    private let builder: ProgramBuilder
    private var memories: [dnnl_memory_t?]
    private var bases: [UnsafeMutableRawPointer?]
    private var persistent: [BufferID: TensorStorage] = [:]
    /// The views of each buffer, and where in it they begin.
    private var views: [[(index: Int, byteOffset: Int)]]
    private let block: Workspace.Block
    private var sections: [[Step]] = []
    private var preparations: [[Step]] = []
    private let stream: dnnl_stream_t

    /// How many bytes of the workspace the program uses.
    package let workspaceByteCount: Int

    /// How many bytes the program holds beside the workspace.
    package var persistentByteCount: Int { persistent.values.reduce(0) { $0 + $1.buffer.count * 4 } }

    /// The base of random numbers; set it before a run.
    package var noiseSeed: UInt64 = 0

    /// Lays out the buffers and prepares the arguments of every step.
    package init(_ builder: ProgramBuilder, workspace: Workspace) throws(TensorError) {
        self.builder = builder
        let lifetimes = builder.lifetimes()
        let placed = lifetimes.keys.filter { Self.isWorkspace(builder, $0) }.sorted { $0.index < $1.index }
        let plan = ArenaPlanner(
            placed.map {
                ArenaPlanner.Request(
                    bytes: builder.descriptor(of: $0).byteCount, lifetime: lifetimes[$0]!)
            })
        workspaceByteCount = plan.byteCount
        block = try workspace.reserve(plan.byteCount)
        var stream: dnnl_stream_t?
        try check(
            dnnl_stream_create(&stream, ComputeEngine.shared, UInt32(dnnl_stream_default_flags.rawValue)),
            "make a stream")
        self.stream = stream!
        memories = Array(repeating: nil, count: builder.buffers.count)
        bases = Array(repeating: nil, count: builder.buffers.count)
        views = Array(repeating: [], count: builder.buffers.count)
        for (buffer, offset) in zip(placed, plan.offsets) { bases[buffer.index] = block.base + offset }
        try makeMemories()
        preparations = builder.preparations.map { $0.map(prepared) }
        sections = builder.sections.map { $0.map(prepared) }
    }

    deinit {
        memories.forEach { dnnl_memory_destroy($0) }
        dnnl_stream_destroy(stream)
    }

    private static func isWorkspace(_ builder: ProgramBuilder, _ buffer: BufferID) -> Bool {
        if case .workspace = builder.buffers[buffer.index].storage { true } else { false }
    }

    private func makeMemories() throws(TensorError) {
        for (index, buffer) in builder.buffers.enumerated() {
            if let elements = buffer.storage.ownElements {
                let storage = TensorStorage(uninitialized: (buffer.descriptor.byteCount + 3) / 4)
                storage.buffer.initialize(repeating: 0)
                _ = storage.buffer.update(fromContentsOf: elements)
                persistent[BufferID(index: index)] = storage
                bases[index] = UnsafeMutableRawPointer(storage.buffer.baseAddress!)
            }
            let place = builder.place(of: BufferID(index: index))
            if place.root.index != index { views[place.root.index].append((index, place.byteOffset)) }
            var raw = buffer.descriptor.raw
            try check(
                dnnl_memory_create(&memories[index], &raw, ComputeEngine.shared, nil), "describe memory")
        }
        for index in bases.indices where bases[index] != nil { attach(index) }
    }

    /// Hands a buffer's memory to the library, for itself and for its views.
    private func attach(_ index: Int) {
        dnnl_memory_set_data_handle(memories[index], bases[index])
        for (view, offset) in views[index] {
            bases[view] = bases[index].map { $0 + offset }
            dnnl_memory_set_data_handle(memories[view], bases[view])
        }
    }

    private func prepared(_ work: ProgramBuilder.Work) -> Step {
        guard case .primitive(_, let arguments) = work else { return Step(work: work, arguments: []) }
        return Step(
            work: work,
            arguments: arguments.map { dnnl_exec_arg_t(arg: $0.argument, memory: memories[$0.buffer.index]) })
    }

    /// Lets the next runs read an external buffer from a tensor, which the caller keeps alive until then.
    package func bind(_ buffer: BufferID, to tensor: Tensor) {
        tensor.withUnsafeElements { elements in
            let base = UnsafeMutableRawPointer(mutating: elements.baseAddress!)
            guard bases[buffer.index] != base else { return }
            bases[buffer.index] = base
            attach(buffer.index)
        }
    }

    /// Runs a section's steps.
    package func run(_ section: ProgramBuilder.Section) throws(TensorError) {
        for index in sections[section.rawValue].indices { try execute(&sections[section.rawValue][index]) }
        try check(dnnl_stream_wait(stream), "finish")
    }

    /// Runs a section's steps.
    /// - Parameter receive: takes the buffers that are handed over; their contents last for the call only.
    package func run(
        _ section: ProgramBuilder.Section, _ receive: (BufferID) throws -> Void
    ) throws {
        for index in sections[section.rawValue].indices {
            if case .handOver(let buffer) = sections[section.rawValue][index].work {
                try check(dnnl_stream_wait(stream), "finish")
                try receive(buffer)
            } else {
                try execute(&sections[section.rawValue][index])
            }
        }
        try check(dnnl_stream_wait(stream), "finish")
    }

    /// Runs one preparation.
    package func prepare(_ number: Int) throws(TensorError) {
        for index in preparations[number].indices { try execute(&preparations[number][index]) }
        try check(dnnl_stream_wait(stream), "finish")
    }

    private func execute(_ step: inout Step) throws(TensorError) {
        switch step.work {
        case .primitive(let primitive, _):
            let status = step.arguments.withUnsafeBufferPointer {
                dnnl_primitive_execute(primitive.raw, stream, Int32($0.count), $0.baseAddress)
            }
            try check(status, "run \(primitive.implementation)")
        case .zero(let buffer):
            let bytes = builder.descriptor(of: buffer).byteCount
            bases[buffer.index]!.initializeMemory(as: UInt8.self, repeating: 0, count: bytes)
        case .handOver: break
        case .pixels(let pixels, let source, let destination, let isBackward):
            try check(dnnl_stream_wait(stream), "finish")
            move(pixels, source, destination, isBackward)
        case .noise(let buffer, let noise, let stream): draw(noise, into: buffer, stream: stream)
        }
    }

    private func move(
        _ pixels: any PixelTransfer, _ source: BufferID, _ destination: BufferID, _ isBackward: Bool
    ) {
        let dimensions = builder.descriptor(of: source).dimensions
        let from = UnsafePointer(bases[source.index]!.assumingMemoryBound(to: Float.self))
        let to = bases[destination.index]!.assumingMemoryBound(to: Float.self)
        if isBackward {
            pixels.scatter(from, into: to, batch: dimensions[0], channels: dimensions[1])
        } else {
            pixels.gather(from, into: to, batch: dimensions[0], channels: dimensions[1])
        }
    }

    private func draw(_ noise: Noise, into buffer: BufferID, stream: Int) {
        var random = SeededRandom(seed: noiseSeed, stream: stream)
        let count = builder.descriptor(of: buffer).byteCount / 4
        let elements = bases[buffer.index]!.assumingMemoryBound(to: Float.self)
        for index in 0..<count { elements[index] = noise.draw(&random) }
    }

    /// Lends the memory of a buffer whose descriptor is row-major.
    package func withElements<Result>(
        of buffer: BufferID, _ body: (Span<Float>) throws -> Result
    ) rethrows -> Result {
        let count = builder.descriptor(of: buffer).byteCount / 4
        let start = bases[buffer.index]!.assumingMemoryBound(to: Float.self)
        return try body(UnsafeBufferPointer(start: start, count: count).span)
    }

    /// Lends the memory of a buffer whose descriptor is row-major, to be written.
    package func withMutableElements<Result>(
        of buffer: BufferID, _ body: (inout MutableSpan<Float>) throws -> Result
    ) rethrows -> Result {
        let count = builder.descriptor(of: buffer).byteCount / 4
        let start = bases[buffer.index]!.assumingMemoryBound(to: Float.self)
        var span = UnsafeMutableBufferPointer(start: start, count: count).mutableSpan
        return try body(&span)
    }
}

extension ProgramBuilder.Storage {
    /// What memory of the program's own begins with; nil for other memory.
    fileprivate var ownElements: [Float]? {
        switch self {
        case .persistent: []
        case .constant(let elements): elements
        default: nil
        }
    }
}
