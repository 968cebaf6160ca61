import Foundation
import Tensors

/// The reading process's side: describes one file and sends its numbers, until nobody asks any more.
enum ReaderServer {
    /// The file, which the other process has opened; by this name, it is opened once more.
    private static let file = "/proc/self/fd/3"

    static func run() -> Never {
        // Ctrl-C goes to the whole group of processes; what it means is decided by the other one.
        signal(SIGINT, SIG_IGN)
        closeOtherFiles()
        // Whoever asks no more is no error. Nothing is cleaned up: what a hostile file has left is not touched.
        try? serve(MessageChannel(socket: 0))
        _exit(0)
    }

    /// What else the other process had open is not for a reader.
    private static func closeOtherFiles() {
        let open = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")) ?? []
        for descriptor in open.compactMap(Int32.init) where descriptor > 3 { close(descriptor) }
    }

    private static func serve(_ channel: MessageChannel) throws {
        guard case .describe(let limits) = try channel.receive(ReaderRequest.self) else { return }
        limits.apply()
        let reader: FileReader
        do {
            reader = try FileReader(file)
            try channel.send(ReaderAnswer.description(reader.description()))
        } catch {
            return try channel.send(ReaderAnswer.failure(ReadingFailure(error)))
        }
        while case .read(let path, let byteCount) = try channel.receive(ReaderRequest.self) {
            try answer(reader, path, byteCount, limits, channel)
        }
    }

    private static func answer(
        _ reader: FileReader, _ path: String, _ byteCount: Int, _ limits: ReaderLimits,
        _ channel: MessageChannel
    ) throws {
        let tensor: Tensor
        do {
            // An allocation in Swift that fails has no error to throw.
            if let memory = limits.memory, byteCount > memory / 2 {
                throw KerasFileError.hostile(
                    file: file, reason: "'\(path)' needs more memory than the file may")
            }
            tensor = try reader.root.dataset(path).read()
        } catch {
            return try channel.send(ReaderAnswer.failure(ReadingFailure(error)))
        }
        try channel.send(ReaderAnswer.numbers(byteCount: 4 * tensor.elementCount))
        try tensor.withUnsafeElements { try channel.send(UnsafeRawBufferPointer($0)) }
    }
}

extension ReaderLimits {
    /// Puts the limits on this process, for good.
    fileprivate func apply() {
        if let memory {
            let pages =
                (try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8))?
                .split(separator: " ").first.flatMap { Int($0) } ?? 0
            Self.limit(RLIMIT_AS, to: pages * Int(getpagesize()) + memory)
        }
        // The first limit sends the signal that says why; the second ends what does not heed it.
        if let processorSeconds { Self.limit(RLIMIT_CPU, to: processorSeconds, atMost: processorSeconds + 1) }
        // A reader has nothing to write, and its memory is not left in a file.
        Self.limit(RLIMIT_FSIZE, to: 0)
        Self.limit(RLIMIT_CORE, to: 0)
    }

    private static func limit(_ resource: __rlimit_resource, to value: Int, atMost most: Int? = nil) {
        var limit = rlimit(rlim_cur: rlim_t(value), rlim_max: rlim_t(most ?? value))
        guard setrlimit(__rlimit_resource_t(resource.rawValue), &limit) == 0 else { _exit(2) }
    }
}
