import Foundation

/// The memory of this program.
enum ProcessMemory {
    /// The most that it had at a time, in bytes.
    static var peak: Int? {
        var usage = rusage()
        guard getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage) == 0 else { return nil }
        // Linux counts in KiB.
        return usage.ru_maxrss * 1024
    }
}
