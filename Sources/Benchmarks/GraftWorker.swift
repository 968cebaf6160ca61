import Architectures
import Datasets
import Foundation
import KerasFiles
import Layers
import Tensors
import Training

/// Graft's side of the protocol; see ``Job``.
struct GraftWorker {
    private let job: Job
    private let seed: UInt64 = 7

    init(_ job: Job) { self.job = job }

    /// Measures and prints one line.
    func run() throws {
        ComputeThreads.set(job.threads)
        let measurement =
            switch job.row {
            case .start: try firstPrediction()
            case .inference1, .inference16: try inference()
            case .training: try training()
            case .head: try headTraining()
            case .importing: try importing()
            }
        try print(measurement)
    }

    /// Reads the job's file without looking at it, and prints one line.
    func read() throws {
        var buffer = [UInt8](repeating: 0, count: 1 << 20)
        try print(
            timed {
                let file = open(job.weights ?? "", O_RDONLY)
                guard file >= 0 else {
                    throw BenchmarkError.output(path: job.weights ?? "", reason: "is gone")
                }
                defer { close(file) }
                while Foundation.read(file, &buffer, buffer.count) > 0 {}
            }, program: "read()")
    }

    private func print(_ measurement: Measurement, program: String = "Graft") throws {
        var measurement = measurement
        measurement.program = program
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        Swift.print(String(decoding: try encoder.encode(measurement), as: UTF8.self))
    }

    private func firstPrediction() throws -> Measurement {
        let network = try job.network.architecture.network()
        let plan = try ExecutionPlan(network, batchSize: job.batch)
        let output = try plan.forward(pictures, try weights(of: network))
        precondition(output.elementCount == job.batch * 1000)
        return measurement(Stopwatch())
    }

    /// The weights in the job's file, which is made where it is not there.
    private func weights(of network: Network) throws -> Parameters {
        guard let file = job.weights else { return network.initialParameters(seed: seed) }
        if FileManager.default.fileExists(atPath: file) {
            return try WeightsFile(file).parameters(for: network).parameters
        }
        let parameters = network.initialParameters(seed: seed)
        try WeightsWriter(network).write(parameters, to: file)
        return parameters
    }

    /// What is mapped would only be read when it is used: so a number of each page is.
    private func importing() throws -> Measurement {
        let network = try job.network.architecture.network()
        if let file = job.weights, !FileManager.default.fileExists(atPath: file) {
            _ = try weights(of: network)
            return measurement(Stopwatch())
        }
        var sum: Float = 0
        let result = try timed {
            let parameters = try weights(of: network)
            for key in parameters.keys {
                parameters[key]?.withElements { elements in
                    for index in stride(from: 0, to: elements.count, by: 1024) { sum += elements[index] }
                }
            }
        }
        precondition(sum.isFinite)
        return result
    }

    private func inference() throws -> Measurement {
        let network = try job.network.architecture.network()
        let parameters = network.initialParameters(seed: seed)
        let plan = try ExecutionPlan(network, batchSize: job.batch)
        let pictures = pictures
        return try timed { _ = try plan.forward(pictures, parameters) }
    }

    private func training() throws -> Measurement {
        let network = try job.network.architecture.network()
        return try train(network, layers: Set(network.nodes.map(\.name)), classes: 1000)
    }

    private func headTraining() throws -> Measurement {
        let backbone = try job.network.architecture.network(includeTop: false, pooling: .average)
        var builder = NetworkBuilder(extending: backbone)
        builder.beginGroup("head")
        let output = try builder.add(Dense("predictions", units: 10, activation: .softmax), to: builder.end)
        return try train(builder.build(output: output), layers: ["predictions"], classes: 10)
    }

    private func train(_ network: Network, layers: Set<String>, classes: Int) throws -> Measurement {
        var trainer = try Trainer(network, network.initialParameters(seed: seed), seed: seed)
        try trainer.beginStage(
            "benchmark", training: layers, optimizer: .sgd(momentum: 0.9), regularization: Regularization())
        let pictures = pictures
        let labels = (0..<job.batch).map { $0 * 7 % classes }
        return try timed { _ = try trainer.step(pictures, .classes(labels), learningRate: 1e-3) }
    }

    /// A batch of noise, which takes as long as any picture.
    private var pictures: Tensor {
        var random = SeededRandom(seed: seed)
        let shape = job.network.architecture.defaultSize
        return Tensor(shape: [job.batch, shape, shape, 3]) { pixels in
            for index in pixels.indices { pixels[index] = random.uniform(in: -1...1) }
        }
    }

    private func timed(_ step: () throws -> Void) rethrows -> Measurement {
        for _ in 0..<job.warmup { try step() }
        var stopwatch = Stopwatch()
        for _ in 0..<job.steps { try stopwatch.time(step) }
        return measurement(stopwatch)
    }

    private func measurement(_ stopwatch: Stopwatch) -> Measurement {
        Measurement(
            program: "Graft", seconds: stopwatch.seconds, cpuSeconds: stopwatch.cpuSeconds,
            peakBytes: Stopwatch.peakBytes)
    }
}
