import Foundation
import Synchronization

/// Contents that were worked out, by what they are of. The ones that were not asked for the longest go first.
final class ContentCache: Sendable {
    private struct Entry {
        var stamp: String
        var content: Content
        var lastUse: Int
    }

    private struct State {
        var entries: [String: Entry] = [:]
        var size = 0
        var clock = 0
    }

    private let state = Mutex(State())
    private let limit: Int

    /// A cache.
    /// - Parameter limit: bytes.
    init(limit: Int) { self.limit = limit }

    /// The content of a name, as it was worked out for a stamp; worked out now where it was not.
    ///
    /// Two that ask at once for what is not there both work it out, so that nobody waits for another's error.
    func content(_ name: String, stamp: String, make: () throws -> Content) rethrows -> Content {
        let known: Content? = state.withLock { state in
            state.clock += 1
            guard let entry = state.entries[name], entry.stamp == stamp else { return nil }
            state.entries[name]?.lastUse = state.clock
            return entry.content
        }
        if let known { return known }
        let content = try make()
        state.withLock { state in
            if let old = state.entries.removeValue(forKey: name) { state.size -= old.content.size }
            // One that would push out most others is not kept.
            guard content.size <= limit / 4 else { return }
            state.entries[name] = Entry(stamp: stamp, content: content, lastUse: state.clock)
            state.size += content.size
            while state.size > limit,
                let oldest = state.entries.min(by: { $0.value.lastUse < $1.value.lastUse })
            {
                state.entries[oldest.key] = nil
                state.size -= oldest.value.content.size
            }
        }
        return content
    }
}
