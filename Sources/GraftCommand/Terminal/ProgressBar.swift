import Foundation

/// Shows how far long work has come: a bar that stays in its place on a terminal, a line now and then
/// elsewhere.
struct ProgressBar {
    private let title: String
    private let total: Int
    private let terminal: Terminal
    private let start: ContinuousClock.Instant
    private var lastShown: ContinuousClock.Instant?

    /// A bar for `total` units of work.
    init(_ title: String, total: Int, terminal: Terminal = .error) {
        self.title = title
        self.total = max(total, 1)
        self.terminal = terminal
        start = .now
    }

    /// Shows how much is done, with remarks beside it; not more often than a person can read.
    mutating func update(_ done: Int, _ remarks: [String] = []) {
        let interval: Duration = terminal.isInteractive ? .milliseconds(100) : .seconds(15)
        let now = ContinuousClock.now
        if now - (lastShown ?? (terminal.isInteractive ? now - interval : start)) < interval { return }
        lastShown = now
        let line = Self.line(
            title, done: done, total: total, elapsed: now - start, remarks,
            width: terminal.isInteractive ? terminal.width : nil)
        terminal.write(terminal.isInteractive ? "\r\u{1B}[K\(line)" : "\(line)\n")
    }

    /// Takes the bar away.
    func clear() {
        if terminal.isInteractive { terminal.write("\r\u{1B}[K") }
    }

    /// One line: the title, a bar where there is room for one, the share, the remarks and the time left.
    /// - Parameter width: the terminal's; nil for a plain line.
    static func line(
        _ title: String, done: Int, total: Int, elapsed: Duration, _ remarks: [String], width: Int?
    ) -> String {
        let share = min(Double(done) / Double(total), 1)
        let percent = "\(Int(share * 100)) %"
        let rest = elapsed * (1 - share) / max(share, 1e-9)
        let facts = [percent, "\(done)/\(total)"] + remarks + (share > 0 ? ["ETA \(clock(rest))"] : [])
        let text = facts.joined(separator: "  ")
        guard let width else { return "\(title)  \(text)" }
        let cells = min(24, width - title.count - text.count - 5)
        guard cells >= 4 else { return String("\(title)  \(text)".prefix(max(width - 1, 1))) }
        return "\(title) \(bar(share, cells))  \(text)"
    }

    private static func bar(_ share: Double, _ cells: Int) -> String {
        let full = Int(share * Double(cells))
        return String(repeating: "━", count: full) + String(repeating: "╌", count: cells - full)
    }

    /// A duration as a person reads it: `4:05`, `1:02:03`.
    static func clock(_ duration: Duration) -> String {
        let seconds = Int(min(duration / .seconds(1), 359_999).rounded())
        let (hours, minutes) = (seconds / 3600, seconds / 60 % 60)
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return hours > 0
            ? "\(hours):\(two(minutes)):\(two(seconds % 60))" : "\(minutes):\(two(seconds % 60))"
    }
}
