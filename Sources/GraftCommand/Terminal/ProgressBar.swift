import Foundation
import Graft

/// Shows how far long work has come: a bar that stays in its place on a terminal, a line now and then
/// elsewhere.
struct ProgressBar {
    /// How many units of work there are; nil where nobody knows.
    let total: Int?
    private let title: String
    private let unit: (Int) -> String
    private let terminal: Terminal
    private let start = ContinuousClock.now
    private var first: Int?
    private var lastShown: ContinuousClock.Instant?

    /// A bar for `total` units of work.
    /// - Parameter unit: how a number of units is written.
    init(
        _ title: String, total: Int?, unit: @escaping (Int) -> String = grouped, terminal: Terminal = .error
    ) {
        self.title = title
        self.total = total
        self.unit = unit
        self.terminal = terminal
    }

    /// Shows how much is done, with remarks beside it; not more often than a person can read.
    mutating func update(_ done: Int, _ remarks: [String] = []) {
        let interval: Duration = terminal.isInteractive ? .milliseconds(100) : .seconds(15)
        let now = ContinuousClock.now
        let first = first ?? done
        self.first = first
        if now - (lastShown ?? (terminal.isInteractive ? now - interval : start)) < interval { return }
        lastShown = now
        let timeLeft = total.flatMap { total in
            // What was done before the bar was there tells nothing of the speed.
            done > first ? (now - start) * (Double(max(total - done, 0)) / Double(done - first)) : nil
        }
        let line = Self.line(
            title, done: done, total: total, timeLeft: timeLeft, remarks,
            width: terminal.isInteractive ? terminal.width : nil, unit: unit)
        terminal.write(terminal.isInteractive ? "\r\u{1B}[K\(line)" : "\(line)\n")
    }

    /// Takes the bar away.
    func clear() {
        if terminal.isInteractive { terminal.write("\r\u{1B}[K") }
    }
}

extension ProgressBar {
    /// One line: the title, a bar where there is room for one, the share, the remarks and the time left.
    /// - Parameter width: the terminal's; nil for a plain line.
    static func line(
        _ title: String, done: Int, total: Int?, timeLeft: Duration?, _ remarks: [String], width: Int?,
        unit: (Int) -> String = grouped
    ) -> String {
        let share = total.map { min(Double(done) / Double(max($0, 1)), 1) }
        let counts = total.map { "\(unit(done))/\(unit($0))" } ?? unit(done)
        let facts =
            [share.map { "\(Int($0 * 100)) %" }, counts].compactMap(\.self) + remarks
            + (timeLeft.map { ["ETA \(clock($0))"] } ?? [])
        let text = facts.joined(separator: "  ")
        guard let width else { return "\(title)  \(text)" }
        let cells = min(24, width - title.count - text.count - 4)
        guard let share, cells >= 4 else { return String("\(title)  \(text)".prefix(max(width - 1, 1))) }
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

extension ProgressBar {
    /// Does work that tells how many of how many parts are done, with a bar beside it that Ctrl-C ends.
    static func with<Result>(
        _ title: String, _ body: ((Int, Int) throws -> Void) throws -> Result
    ) throws -> Result {
        var bar: ProgressBar?
        defer { bar?.clear() }
        return try body { done, total in
            if bar == nil { bar = ProgressBar(title, total: total) }
            bar?.update(done)
            try Interruption.check()
        }
    }
}
