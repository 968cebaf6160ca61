import Foundation

/// Runs cases, starts a new worker where one has fallen, and finds out what fells it.
struct Harness {
    let options: HarnessOptions
    let cases: Cases
    private let folder =
        NSTemporaryDirectory() + "graft-mutations-\(ProcessInfo.processInfo.processIdentifier)"

    /// Runs all cases.
    /// - Returns: whether all of them ended as they should.
    func run() throws -> Bool {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        var tally = Tally()
        var next = options.first
        let end = options.first + options.cases
        while next < end {
            let worker = try WorkerProcess(arguments(from: next, to: end, isolated: false))
            next = try follow(worker, from: next, to: end, &tally)
        }
        print(tally.report(seedFiles: cases.seeds.count))
        return tally.failures == 0
    }

    /// Listens to a worker to its end.
    /// - Returns: the first case that was not run.
    private func follow(_ worker: WorkerProcess, from first: Int, to end: Int, _ tally: inout Tally) throws
        -> Int
    {
        var next = first
        while next < end {
            switch worker.next(patience: options.patience) {
            case .line(let line):
                let outcome = String(line.drop { $0 != " " }.dropFirst())
                if outcome.hasPrefix("wrong") { try keep(next, outcome, isFailure: true, &tally) }
                tally.count(outcome)
                next += 1
                if next.isMultiple(of: 1000) { announce("\(next - options.first) cases: \(tally.line)") }
            case .ended(let how):
                try judge(
                    next, "fell in one process: \(how)", isTrap: how == "signal 4" || how == "signal 5",
                    &tally)
                return next + 1
            case .silent:
                try judge(next, "never ended in one process", isTrap: false, &tally)
                return next + 1
            }
        }
        return next
    }

    /// A case that brought a worker down must be an error where it is read as users read it.
    ///
    /// Swift's own traps are failures all the same: they are in our code, not in a library.
    private func judge(_ number: Int, _ how: String, isTrap: Bool, _ tally: inout Tally) throws {
        let worker = try WorkerProcess(arguments(from: number, to: number + 1, isolated: true))
        let isolated =
            switch worker.next(patience: options.patience) {
            case .line(let line): String(line.drop { $0 != " " }.dropFirst())
            case .ended(let how): "wrong: fell in spite of its reading process: \(how)"
            case .silent: "wrong: never ended in spite of its reading process"
            }
        let isFailure = isTrap || isolated.hasPrefix("wrong")
        try keep(number, "\(how); isolated: \(isolated)", isFailure: isFailure, &tally)
        tally.count(isFailure ? "wrong" : "contained \(how)")
    }

    /// Writes down a case: the file, and the change that made it.
    private func keep(_ number: Int, _ finding: String, isFailure: Bool, _ tally: inout Tally) throws {
        if isFailure { tally.failures += 1 }
        let place = "\(options.output)/\(isFailure ? "failures" : "contained")"
        announce("case \(number) (\(cases.file(of: number).seed.name)): \(finding)")
        try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true)
        let (seed, bytes) = cases.file(of: number)
        let ending = seed.name.hasSuffix(".keras") ? "keras" : "h5"
        try Data(bytes).write(to: URL(filePath: "\(place)/case-\(number).\(ending)"))
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        let patch = FilePatch(original: seed.name, finding: finding, from: seed.bytes, to: bytes)
        try encoder.encode(patch).write(to: URL(filePath: "\(place)/case-\(number).json"))
    }

    private func arguments(from first: Int, to end: Int, isolated: Bool) -> [String] {
        ["\(options.seed)", "\(first)", "\(end)", isolated ? "isolated" : "here", folder] + options.folders
    }
}

/// Says what is going on, apart from the results.
func announce(_ message: String) { FileHandle.standardError.write(Data((message + "\n").utf8)) }

/// How the cases ended.
struct Tally {
    private var counts: [String: Int] = [:]
    var failures = 0

    /// Counts an outcome by its first word, refusals also by the kind of error.
    mutating func count(_ outcome: String) {
        let word = String(outcome.prefix { $0 != " " && $0 != ":" })
        counts[word == "contained" ? outcome : word, default: 0] += 1
    }

    var line: String {
        counts.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }.joined(separator: ", ")
    }

    func report(seedFiles: Int) -> String {
        "\(counts.values.reduce(0, +)) cases from \(seedFiles) files: \(line); \(failures) failures"
    }
}
