/// How far a download is.
public struct DownloadProgress: Sendable, Equatable {
    /// How many bytes are there, with those of earlier runs.
    public var receivedBytes: Int
    /// How many there will be; nil where the server does not say.
    public var totalBytes: Int?
    /// How many bytes a second arrived of late.
    public var bytesPerSecond: Double
}

/// Measures how fast bytes arrive, over the last seconds.
struct RateMeter {
    private static let window = Duration.seconds(3)
    private var marks: [(time: ContinuousClock.Instant, count: Int)] = []

    /// The rate now that so many bytes are there.
    mutating func rate(count: Int, at time: ContinuousClock.Instant) -> Double {
        marks.append((time, count))
        // One mark older than the window stays, so that the window is full.
        while marks.count > 2, marks[1].time <= time - Self.window { marks.removeFirst() }
        let seconds = (time - marks[0].time) / .seconds(1)
        return seconds > 0 ? Double(count - marks[0].count) / seconds : 0
    }
}
