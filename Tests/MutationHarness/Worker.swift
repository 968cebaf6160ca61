import Foundation
import KerasFiles

/// The process that runs cases: most of them without a reading process, since its own end is noticed.
enum Worker {
    /// The argument that makes this program a worker.
    static let command = "run-cases"
    /// Every so many cases are read in a process of their own, too.
    private static let comparison = 40
    /// Seconds of processor time that a case may take, however busy the machine is.
    private static let processorSeconds = 3

    /// Runs the cases from the one number to the other and prints a line of outcome for each.
    static func run(_ cases: Cases, from first: Int, to end: Int, isolated: Bool, folder: String) throws {
        var memory = rlimit(rlim_cur: 3 << 30, rlim_max: 3 << 30)
        setrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &memory)
        var core = rlimit(rlim_cur: 0, rlim_max: 0)
        setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &core)
        let limits = ReaderLimits(processorSeconds: processorSeconds)
        for number in first..<end {
            let used = Int(clock()) / Int(CLOCKS_PER_SEC)
            var time = rlimit(rlim_cur: rlim_t(used + 1 + processorSeconds), rlim_max: rlim_t.max)
            setrlimit(__rlimit_resource_t(RLIMIT_CPU.rawValue), &time)
            let (seed, bytes) = cases.file(of: number)
            let path = "\(folder)/case.\(seed.name.hasSuffix(".keras") ? "keras" : "h5")"
            // A new file: the old one may still be mapped.
            try? FileManager.default.removeItem(atPath: path)
            try Data(bytes).write(to: URL(filePath: path))
            var outcome = Outcome(reading: path, in: isolated ? .childProcess(limits) : .thisProcess)
            if !isolated, number.isMultiple(of: comparison) {
                let other = Outcome(reading: path, in: .childProcess(limits))
                if !other.isLike(outcome) {
                    outcome = .wrong("here: \(outcome.line); in a process: \(other.line)")
                }
            }
            FileHandle.standardOutput.write(Data("\(number) \(outcome.line)\n".utf8))
        }
    }
}
