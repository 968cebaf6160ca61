import Foundation
import Synchronization

/// Events for one browser (HTML, 9.2: server-sent events): they are written here, and sent as fast as the browser
/// takes them.
final class EventStream: Sendable {
    private struct State {
        var waiting = Data()
        var isEnded = false
        var isClosed = false
        /// Goes on with a connection that waits for events.
        var resume: (@Sendable () -> Void)?
        var isGone: (@Sendable () -> Bool)?
        var lastWrite = ContinuousClock.now
    }

    /// What the server is to do with a connection.
    enum Next {
        case send(Data)
        case wait
        case end
    }

    private let state = Mutex(State())
    /// A browser that takes nothing for so long is given up.
    private static let limit = 4 << 20

    /// Adds text, which is that of whole events.
    func write(_ text: String) {
        change { state in
            state.waiting.append(contentsOf: text.utf8)
            state.lastWrite = .now
            if state.waiting.count > Self.limit {
                state.waiting = Data()
                state.isEnded = true
            }
        }
    }

    /// Sends what is left, and no more.
    func end() { change { $0.isEnded = true } }

    /// Whether nobody reads any more.
    var isClosed: Bool {
        state.withLock { state in
            // Only a connection that waits is nobody else's business at this moment.
            if let resume = state.resume, state.isGone?() == true {
                (state.isClosed, state.resume) = (true, nil)
                // Only a connection that goes on can end.
                resume()
            }
            return state.isClosed || state.isEnded
        }
    }

    /// For how long nothing was written.
    var silence: Duration { state.withLock { ContinuousClock.now - $0.lastWrite } }

    private func change(_ body: (inout State) -> Void) {
        state.withLock { state in
            body(&state)
            state.resume?()
            state.resume = nil
        }
    }

    /// What comes next; the connection is suspended where there is nothing yet.
    /// - Parameters:
    ///   - suspend: called before anybody can resume.
    ///   - isGone: whether the browser has closed a suspended connection.
    func next(
        upTo count: Int, suspend: () -> Void, resume: @escaping @Sendable () -> Void,
        isGone: @escaping @Sendable () -> Bool
    ) -> Next {
        state.withLock { state in
            guard state.waiting.isEmpty else {
                let piece = state.waiting.prefix(count)
                state.waiting = Data(state.waiting.dropFirst(count))
                return .send(Data(piece))
            }
            if state.isEnded || state.isClosed { return .end }
            suspend()
            (state.resume, state.isGone) = (resume, isGone)
            return .wait
        }
    }

    /// The connection is no more.
    func close() {
        state.withLock { state in
            state.isClosed = true
            state.resume = nil
        }
    }
}
