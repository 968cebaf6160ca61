import CMicroHTTPDShim
import Foundation
import Synchronization
import Wording

/// A server of libmicrohttpd: few threads listen and send, others work out the answers meanwhile.
final class MicroHTTPD: Sendable {
    /// Works out an answer, on any thread.
    typealias Handler = @Sendable (HTTPRequest) -> HTTPResponse

    /// What a server keeps to.
    struct Limits: Sendable {
        /// Threads that listen and send.
        var threads = 2
        /// Threads that work out answers.
        var workers = 4
        /// Connections at once.
        var connections = 512
        /// Connections at once from one address.
        var connectionsPerAddress = 256
        /// Requests that wait for an answer; more are refused.
        var waiting = 512
        /// Seconds of silence after which a connection ends.
        var timeout = 30
        /// Bytes of a request's line and header.
        var header = 16 << 10
        /// Bytes of a request's body.
        var body = 64 << 10
    }

    /// The port that it listens on.
    let port: Int
    fileprivate let shared: Shared
    private nonisolated(unsafe) let daemon: OpaquePointer
    private nonisolated(unsafe) let handlers: UnsafeMutablePointer<CHTTPHandlers>
    private let listener: Listener
    private let isStopped = Mutex(false)

    /// Begins to serve.
    /// - Throws: ``StudioError``
    init(
        _ listener: Listener, limits: Limits = Limits(), refusal: @escaping @Sendable (Int) -> HTTPResponse,
        handler: @escaping Handler
    ) throws(StudioError) {
        self.listener = listener
        port = listener.port
        shared = Shared(limits: limits, refusal: refusal, handler: handler)
        handlers = .allocate(capacity: 1)
        handlers.initialize(
            to: CHTTPHandlers(
                context: Unmanaged.passRetained(shared).toOpaque(), begin: beginRequest,
                receive: receiveRequest,
                end: endRequest))
        var bounds = CHTTPLimits(
            listener: listener.descriptor, threads: UInt32(limits.threads),
            connections: UInt32(limits.connections),
            connections_per_address: UInt32(limits.connectionsPerAddress), timeout: UInt32(limits.timeout),
            memory: limits.header)
        guard let daemon = CHTTPStart(&bounds, handlers) else {
            let reason = systemReason()
            Unmanaged.passUnretained(shared).release()
            handlers.deallocate()
            throw .notServing(address: listener.address, reason: reason)
        }
        self.daemon = daemon
    }

    /// Takes no more requests, finishes those that are there, ends the streams, and waits for all that.
    func stop() {
        guard
            !isStopped.withLock({ wasStopped in
                defer { wasStopped = true }
                return wasStopped
            })
        else { return }
        shared.isStopping.store(true, ordering: .sequentiallyConsistent)
        CHTTPQuiesce(daemon)
        listener.stop()
        for stream in shared.streams.withLock({ Array($0.values) }) { stream.end() }
        // An answer that takes longer than that ends with the program.
        guard wait(for: shared.working, atMost: .seconds(5)) else { return }
        // Who does not take an answer is not waited for.
        _ = wait(for: shared.open, atMost: .seconds(1))
        CHTTPStop(daemon)
        Unmanaged.passUnretained(shared).release()
        handlers.deallocate()
    }

    /// Waits until there is nothing left; false where that takes too long.
    private func wait(for count: borrowing Atomic<Int>, atMost time: Duration) -> Bool {
        let deadline = ContinuousClock.now + time
        while count.load(ordering: .sequentiallyConsistent) > 0, ContinuousClock.now < deadline {
            usleep(5_000)
        }
        return count.load(ordering: .sequentiallyConsistent) == 0
    }

    deinit { stop() }
}

/// What the callbacks of a server share.
private final class Shared: Sendable {
    let limits: MicroHTTPD.Limits
    let refusal: @Sendable (Int) -> HTTPResponse
    let handler: MicroHTTPD.Handler
    let queue = OperationQueue()
    /// Requests that are being answered.
    let working = Atomic(0)
    /// Requests that have begun and are not over.
    let open = Atomic(0)
    let isStopping = Atomic(false)
    let streams = Mutex<[ObjectIdentifier: EventStream]>([:])

    init(
        limits: MicroHTTPD.Limits, refusal: @escaping @Sendable (Int) -> HTTPResponse,
        handler: @escaping MicroHTTPD.Handler
    ) {
        (self.limits, self.refusal, self.handler) = (limits, refusal, handler)
        queue.maxConcurrentOperationCount = limits.workers
    }
}

/// A connection, which libmicrohttpd keeps until the request's end.
private struct Connection: @unchecked Sendable {
    let pointer: OpaquePointer

    func suspend() { CHTTPSuspend(pointer) }
    func resume() { CHTTPResume(pointer) }
    var isGone: Bool { CHTTPIsGone(pointer) != 0 }

    var headers: [(name: String, value: String)] {
        var headers: [(name: String, value: String)] = []
        withUnsafeMutablePointer(to: &headers) { list in
            CHTTPEachHeader(pointer, list) { list, name, value in
                guard let list, let name, let value else { return }
                list.assumingMemoryBound(to: [(name: String, value: String)].self).pointee
                    .append((String(cString: name).lowercased(), String(cString: value)))
            }
        }
        return headers
    }
}

/// A request and, once it is known, its answer. It is one thread's at a time: libmicrohttpd's, or while the connection
/// is suspended the worker's.
private final class Exchange: @unchecked Sendable {
    private enum Phase {
        case head
        case body
        case working
        case answered(HTTPResponse)
        case sent
    }

    private let shared: Shared
    private var phase = Phase.head
    private var request: HTTPRequest
    private var stream: EventStream?

    init(_ shared: Shared, target: String) {
        self.shared = shared
        shared.open.add(1, ordering: .sequentiallyConsistent)
        request = HTTPRequest(method: "", target: target, headers: [])
    }

    /// Goes on; false ends the connection.
    func receive(_ connection: Connection, method: String, _ bytes: UnsafeRawBufferPointer) -> Bool {
        switch phase {
        case .head:
            (request.method, request.headers) = (method, connection.headers)
            let announced = request.header("content-length").map { Int($0) ?? .max } ?? 0
            guard announced <= shared.limits.body else { return send(shared.refusal(413), connection) }
            phase = .body
            return true
        case .body where !bytes.isEmpty:
            guard request.body.count + bytes.count <= shared.limits.body else { return false }
            request.body.append(contentsOf: bytes)
            return true
        case .body: return work(connection)
        case .working: return true
        case .answered(let response): return send(response, connection)
        case .sent: return false
        }
    }

    private func work(_ connection: Connection) -> Bool {
        guard !shared.isStopping.load(ordering: .sequentiallyConsistent),
            shared.working.load(ordering: .relaxed) < shared.limits.waiting
        else { return send(shared.refusal(503), connection) }
        phase = .working
        shared.working.add(1, ordering: .sequentiallyConsistent)
        connection.suspend()
        shared.queue.addOperation { [self] in
            phase = .answered(shared.handler(request))
            connection.resume()
            shared.working.subtract(1, ordering: .sequentiallyConsistent)
        }
        return true
    }

    private func send(_ response: HTTPResponse, _ connection: Connection) -> Bool {
        phase = .sent
        let made: OpaquePointer? =
            switch response.body {
            case .data(let data): data.withUnsafeBytes { CHTTPBytesResponse($0.baseAddress, $0.count) }
            case .file(let file):
                CHTTPFileResponse(fcntl(file.descriptor, F_DUPFD_CLOEXEC, 0), UInt64(file.size))
            case .events(let stream): reader(stream, connection)
            }
        guard let made else { return false }
        for (name, value) in response.headers { _ = CHTTPAddHeader(made, name, value) }
        return CHTTPSend(connection.pointer, UInt32(response.status), made) != 0
    }

    private func reader(_ stream: EventStream, _ connection: Connection) -> OpaquePointer? {
        self.stream = stream
        shared.streams.withLock { $0[ObjectIdentifier(stream)] = stream }
        if shared.isStopping.load(ordering: .sequentiallyConsistent) { stream.end() }
        let context = Unmanaged.passRetained(Reader(stream: stream, connection: connection))
        let response = CHTTPStreamResponse(context.toOpaque(), readStream) { context in
            if let context { Unmanaged<Reader>.fromOpaque(context).release() }
        }
        if response == nil { context.release() }
        return response
    }

    /// The request is over.
    func end() {
        shared.open.subtract(1, ordering: .sequentiallyConsistent)
        guard let stream else { return }
        stream.close()
        _ = shared.streams.withLock { $0.removeValue(forKey: ObjectIdentifier(stream)) }
    }
}

/// A stream on its connection.
private final class Reader: Sendable {
    let stream: EventStream
    let connection: Connection

    init(stream: EventStream, connection: Connection) {
        (self.stream, self.connection) = (stream, connection)
    }
}

private func beginRequest(_ context: UnsafeMutableRawPointer?, _ target: UnsafePointer<CChar>?)
    -> UnsafeMutableRawPointer?
{
    guard let context, let target else { return nil }
    let shared = Unmanaged<Shared>.fromOpaque(context).takeUnretainedValue()
    return Unmanaged.passRetained(Exchange(shared, target: String(cString: target))).toOpaque()
}

private func receiveRequest(
    _ request: UnsafeMutableRawPointer?, _ connection: OpaquePointer?, _ method: UnsafePointer<CChar>?,
    _ bytes: UnsafePointer<CChar>?, _ count: Int
) -> CInt {
    guard let request, let connection, let method else { return 0 }
    return Unmanaged<Exchange>.fromOpaque(request).takeUnretainedValue().receive(
        Connection(pointer: connection), method: String(cString: method),
        UnsafeRawBufferPointer(start: count > 0 ? bytes : nil, count: count)) ? 1 : 0
}

private func endRequest(_ request: UnsafeMutableRawPointer?) {
    guard let request else { return }
    Unmanaged<Exchange>.fromOpaque(request).takeRetainedValue().end()
}

private func readStream(
    _ context: UnsafeMutableRawPointer?, _ position: UInt64, _ buffer: UnsafeMutablePointer<CChar>?,
    _ capacity: Int
) -> Int {
    guard let context, let buffer else { return -1 }
    let reader = Unmanaged<Reader>.fromOpaque(context).takeUnretainedValue()
    let connection = reader.connection
    switch reader.stream.next(
        upTo: capacity, suspend: { connection.suspend() }, resume: { connection.resume() },
        isGone: { connection.isGone })
    {
    case .send(let data):
        return data.copyBytes(to: UnsafeMutableRawBufferPointer(start: buffer, count: capacity))
    case .wait: return 0
    case .end: return -1
    }
}
