import Foundation

/// Everything that was measured.
struct Results {
    struct Entry {
        var job: Job
        var contestant: Contestant
        var round: Int
        var measurement: Measurement
    }

    let contestants: [Contestant]
    private(set) var entries: [Entry] = []

    init(_ contestants: [Contestant]) { self.contestants = contestants }

    mutating func append(
        _ measurement: Measurement, of job: Job, by contestant: Contestant, round: Int
    ) {
        entries.append(Entry(job: job, contestant: contestant, round: round, measurement: measurement))
    }

    /// The jobs, in the order in which they were first measured.
    var jobs: [Job] {
        var seen: Set<Job> = []
        return entries.map(\.job).filter { seen.insert($0).inserted }
    }

    /// The median of the times of all steps of a job by a program, in seconds.
    func seconds(_ job: Job, _ contestant: Contestant) -> Double? {
        measurements(job, contestant).flatMap(\.seconds).medianIfAny
    }

    /// The median of the processor time of all steps of a job by a program, in seconds.
    func processorSeconds(_ job: Job, _ contestant: Contestant) -> Double? {
        measurements(job, contestant).flatMap(\.cpuSeconds).medianIfAny
    }

    /// The median of the peaks of a job's processes, in bytes.
    func peakBytes(_ job: Job, _ contestant: Contestant) -> Double? {
        measurements(job, contestant).map { Double($0.peakBytes) }.medianIfAny
    }

    private func measurements(_ job: Job, _ contestant: Contestant) -> [Measurement] {
        entries.filter { $0.job == job && $0.contestant == contestant }.map(\.measurement)
    }

    /// The programs with their versions, in the order of their turns.
    var programs: [String] {
        contestants.compactMap { contestant in
            entries.first { $0.contestant == contestant }?.measurement.program
        }
    }

    /// Every measured step as a line of CSV (RFC 4180).
    var csv: String {
        let header = "network,row,batch,threads,program,round,step,seconds,cpu_seconds,peak_bytes\n"
        return entries.reduce(into: header) { text, entry in
            let (job, measurement) = (entry.job, entry.measurement)
            for (step, seconds) in measurement.seconds.enumerated() {
                let cpu = step < measurement.cpuSeconds.count ? "\(measurement.cpuSeconds[step])" : ""
                text +=
                    "\(job.network.rawValue),\(job.row.rawValue),\(job.batch),\(job.threads),"
                    + "\(measurement.program),\(entry.round),\(step + 1),\(seconds),\(cpu),"
                    + "\(measurement.peakBytes)\n"
            }
        }
    }

    /// Writes the measurements and the table into a folder.
    func write(to folder: String, _ machine: String) throws(BenchmarkError) {
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            try Data(csv.utf8).write(
                to: URL(fileURLWithPath: folder + "/measurements.csv"), options: .atomic)
            try Data(markdown(machine).utf8).write(
                to: URL(fileURLWithPath: folder + "/table.md"), options: .atomic)
        } catch {
            throw .output(path: folder, reason: error.localizedDescription)
        }
    }
}

extension [Double] {
    var medianIfAny: Double? { isEmpty ? nil : median }

    /// The value in the middle; of an even number, the mean of the two.
    var median: Double {
        let sorted = sorted()
        return (sorted[(count - 1) / 2] + sorted[count / 2]) / 2
    }
}
