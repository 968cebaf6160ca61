import Architectures
import Foundation

/// Lets the programs take turns and gathers what they measured.
struct Driver {
    private let options: BenchmarkOptions
    private let contestants: [Contestant]
    private let environment: PeerEnvironment?
    private let weightsFolder =
        NSTemporaryDirectory() + "/graft-benchmarks-\(ProcessInfo.processInfo.processIdentifier)"

    init(_ options: BenchmarkOptions) throws(BenchmarkError) {
        self.options = options
        contestants =
            [.graft] + options.peers.map { .peer($0) } + (options.rows.contains(.importing) ? [.reading] : [])
        environment =
            options.peers.isEmpty ? nil : try PeerEnvironment(python: options.python, for: options.peers)
    }

    func run() throws(BenchmarkError) {
        defer { try? FileManager.default.removeItem(atPath: weightsFolder) }
        do {
            try FileManager.default.createDirectory(
                atPath: weightsFolder, withIntermediateDirectories: true)
        } catch {
            throw .output(path: weightsFolder, reason: error.localizedDescription)
        }
        var results = Results(contestants)
        for round in 1...options.rounds {
            for network in options.networks {
                for row in options.rows {
                    let job = Job(network, row, options)
                    for contestant in contestants where row == .importing || contestant != .reading {
                        let measurement = try measure(job, contestant)
                        results.append(measurement, of: job, by: contestant, round: round)
                        report(round, job, contestant, measurement)
                    }
                    // Now and not at the end, so that a long run that is broken off leaves what it has.
                    try results.write(to: options.output, Machine.description(threads: options.threads))
                }
            }
        }
        print(results.markdown(Machine.description(threads: options.threads)))
    }

    private func measure(_ job: Job, _ contestant: Contestant) throws(BenchmarkError) -> Measurement {
        guard [.start, .importing].contains(job.row) else { return try runWorker(job, contestant) }
        var job = job
        let file = "\(weightsFolder)/\(job.network.rawValue).\(suffix(job, contestant))"
        job.weights = file
        if !FileManager.default.fileExists(atPath: file) { _ = try runWorker(job, contestant) }
        return try runWorker(job, contestant)
    }

    /// The ending of the file of weights: Keras imports what Graft does.
    private func suffix(_ job: Job, _ contestant: Contestant) -> String {
        job.row == .importing && contestant == .peer(.keras)
            ? Contestant.graft.weightsSuffix : contestant.weightsSuffix
    }

    private func runWorker(_ job: Job, _ contestant: Contestant) throws(BenchmarkError) -> Measurement {
        let result = try command(job, contestant).confined(toProcessors: job.threads).run(
            environment: variables(job, contestant), showingErrors: false)
        let line = result.output.split(separator: "\n").last ?? ""
        guard var measurement = try? JSONDecoder().decode(Measurement.self, from: Data(line.utf8)) else {
            throw .measurement(program: contestant.title, line: String(line))
        }
        if job.row == .start { measurement.seconds = [result.secondsToFirstLine] }
        return measurement
    }

    private func command(_ job: Job, _ contestant: Contestant) -> Command {
        switch contestant {
        case .graft, .reading:
            let program = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"))
            let command = contestant == .graft ? Job.workerCommand : Job.readingCommand
            return Command(program ?? CommandLine.arguments[0], [command] + job.arguments)
        case .peer(let peer):
            let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().path
            return Command(environment!.python, ["\(folder)/peers/\(peer.script)"] + job.arguments)
        }
    }

    /// The environment of a worker: the same number of threads for all, and for the peers nothing that
    /// was set to tune another program's libraries.
    private func variables(_ job: Job, _ contestant: Contestant) -> [String: String?] {
        var variables: [String: String?] = ["OMP_NUM_THREADS": "\(job.threads)"]
        guard case .peer = contestant else { return variables }
        variables["OPENBLAS_CORETYPE"] = .some(nil)
        variables["OPENBLAS_L2_SIZE"] = .some(nil)
        variables["TF_ENABLE_ONEDNN_OPTS"] = "1"
        variables["TF_CPP_MIN_LOG_LEVEL"] = "2"
        variables["CUDA_VISIBLE_DEVICES"] = "-1"
        variables["KERAS_BACKEND"] = "tensorflow"
        return variables
    }

    private func report(
        _ round: Int, _ job: Job, _ contestant: Contestant, _ measurement: Measurement
    ) {
        let title = "\(job.network.architecture.displayName), \(job.row.title(of: job.network))"
        let time = (measurement.seconds.median * 1000).formatted(digits: 1)
        let memory = (Double(measurement.peakBytes) / 1e6).formatted(digits: 0)
        announce(
            "round \(round)/\(options.rounds): \(title): \(contestant.title) \(time) ms, \(memory) MB")
    }
}
