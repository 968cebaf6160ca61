/// What a worker process is asked to measure.
///
/// The protocol between the driver and its workers, Graft's and the peers' alike (`peers/worker.py` is the
/// peers' side of it): the driver starts a process for every measurement, with the job as options,
/// ```
/// --network resnet50 --row training --batch 16 --warmup 2 --steps 5 --threads 8
/// ```
/// and the worker prints one line of JSON, a ``Measurement``. In the row `start` there is `--weights FILE`,
/// too: the worker reads the network's weights from it, predicts once and prints its line at once; the driver
/// takes the time from the start of the process to that line. A worker that finds no such file makes one, in
/// its program's own format, and is not counted. In the row `import` there is `--weights FILE` as well, with steps
/// as in the other rows; Graft and Keras read the same file.
struct Job: Hashable {
    /// The argument that makes this program a worker.
    static let workerCommand = "worker"
    /// The argument that makes this program read bytes, and no more.
    static let readingCommand = "read"

    var network: BenchmarkNetwork
    var row: Row
    /// How many pictures a step takes.
    var batch: Int
    /// Steps that are not measured, before those that are.
    var warmup: Int
    /// Steps that are measured.
    var steps: Int
    /// How many threads the program may use.
    var threads: Int
    /// The file to read the weights from; nil for initial weights.
    var weights: String?

    init(_ network: BenchmarkNetwork, _ row: Row, _ options: BenchmarkOptions) {
        self.network = network
        self.row = row
        batch = row.batchSize(of: network)
        warmup = options.warmup
        steps = options.steps
        threads = options.threads
    }

    /// Reads a job from a worker's options.
    init(arguments: [String]) throws(BenchmarkError) {
        var reader = ArgumentReader(arguments)
        network = .vgg16
        row = .inference1
        (batch, warmup, steps, threads) = (1, 0, 1, 1)
        while let option = reader.nextOption() {
            switch option {
            case "--network": network = try reader.oneOf(BenchmarkNetwork.self)
            case "--row": row = try reader.oneOf(Row.self)
            case "--batch": batch = try reader.integer(from: 1)
            case "--warmup": warmup = try reader.integer(from: 0)
            case "--steps": steps = try reader.integer(from: 1)
            case "--threads": threads = try reader.integer(from: 1)
            case "--weights": weights = try reader.value()
            default: throw .unknownOption(option, nearest: [])
            }
        }
    }

    /// The job as a worker's options.
    var arguments: [String] {
        [
            "--network", network.rawValue, "--row", row.rawValue, "--batch", "\(batch)", "--warmup",
            "\(warmup)", "--steps", "\(steps)", "--threads", "\(threads)",
        ] + (weights.map { ["--weights", $0] } ?? [])
    }
}
