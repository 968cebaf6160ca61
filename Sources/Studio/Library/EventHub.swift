import Foundation
import Synchronization

/// Tells browsers what happens in runs that are going on: one thread looks at all of these, now and then.
final class EventHub: Sendable {
    private struct Follower {
        var run: RunFollower
        var stream: EventStream
    }

    private struct State {
        var followers: [Follower] = []
        var isLooking = false
    }

    private let state = Mutex(State())
    private let queue = DispatchQueue(label: "graft.events")
    private let limit: Int
    private let pause: Duration
    private let heartbeat: Duration

    /// A hub.
    /// - Parameters:
    ///   - limit: streams at once.
    ///   - pause: between two looks.
    ///   - heartbeat: after which silence something is said, so that both sides know of each other.
    init(limit: Int = 32, pause: Duration = .milliseconds(400), heartbeat: Duration = .seconds(15)) {
        (self.limit, self.pause, self.heartbeat) = (limit, pause, heartbeat)
    }

    /// How many streams there are.
    var count: Int { state.withLock { $0.followers.count } }

    /// Begins to tell what happens in a run.
    /// - Returns: nil where too many are told already.
    func follow(_ run: RunFollower) -> EventStream? {
        let stream = EventStream()
        // Browsers come back after so many milliseconds.
        stream.write("retry: 3000\n\n")
        let begins: Bool? = state.withLock { state in
            state.followers.removeAll { $0.stream.isClosed }
            guard state.followers.count < limit else { return nil }
            state.followers.append(Follower(run: run, stream: stream))
            defer { state.isLooking = true }
            return !state.isLooking
        }
        guard let begins else { return nil }
        if begins { queue.async { [self] in look() } }
        return stream
    }

    private func look() {
        var followers = state.withLock { $0.followers }
        for index in followers.indices {
            let stream = followers[index].stream
            guard !stream.isClosed else { continue }
            let events = followers[index].run.events()
            if !events.isEmpty {
                stream.write(events.map(Self.text).joined())
            } else if stream.silence >= heartbeat {
                stream.write(": still here\n\n")
            }
            if followers[index].run.isOver { stream.end() }
        }
        let isDone = state.withLock { state in
            let known = Dictionary(followers.map { (ObjectIdentifier($0.stream), $0) }) { first, _ in first }
            state.followers = state.followers.map { known[ObjectIdentifier($0.stream)] ?? $0 }
                .filter { !$0.stream.isClosed }
            state.isLooking = !state.followers.isEmpty
            return state.followers.isEmpty
        }
        guard !isDone else { return }
        queue.asyncAfter(deadline: .now() + pause / .seconds(1)) { [self] in look() }
    }

    private static func text(_ event: RunFollower.Event) -> String {
        "event: \(event.name)\nid: \(event.position)\ndata: \(event.data)\n\n"
    }
}
