import Foundation
import Tensors

/// An experiment that takes a second: grey pictures that differ in how bright they are, and the first blocks
/// of a MobileNet.
public struct SmallExperiment: Sendable {
    /// The folder with everything in it.
    public let folder: URL

    /// An experiment in a folder that has nothing of it yet.
    public init(folder: URL) { self.folder = folder }

    /// Runs a test with a new experiment, which is removed afterwards.
    public static func with<Result>(
        train: Int = 36, test: Int = 18, _ body: (SmallExperiment) throws -> Result
    ) throws -> Result {
        try Fixtures.withTemporaryFolder { folder in
            // On threads that wait for one another, tests side by side would take many times as long.
            let threads = ComputeThreads.current
            ComputeThreads.set(1)
            defer { ComputeThreads.set(threads) }
            let experiment = SmallExperiment(folder: folder)
            try experiment.writePictures("train", count: train)
            try experiment.writePictures("t10k", count: test)
            try Data(experiment.yaml.utf8).write(to: experiment.configuration)
            return try body(experiment)
        }
    }

    /// The pixels of a picture, `[32, 32]`, whose upper half, left half, both or neither are bright; noisy by its number.
    public static func pixels(_ number: Int, brightTop: Bool, brightLeft: Bool) -> [UInt8] {
        (0..<32 * 32).map { pixel in
            let isBright = (brightTop && pixel / 32 < 16) || (brightLeft && pixel % 32 < 16)
            return (isBright ? 200 : 40) + UInt8((pixel * 7 + number * 13) % 40)
        }
    }

    /// The pictures' classes.
    public static let classNames = ["dark", "grey", "bright"]
    /// The folder of IDX files.
    public var pictures: URL { folder.appending(path: "pictures") }
    /// The configuration's file.
    public var configuration: URL { folder.appending(path: "small.yaml") }
    /// Where runs may be recorded.
    public var runs: URL { folder.appending(path: "runs") }

    /// The configuration: a new head on a frozen backbone, then everything.
    public var yaml: String {
        """
        name: small
        seed: 3
        data:
          idx: \(pictures.path(percentEncoded: false))
          class_names: [\(Self.classNames.joined(separator: ", "))]
          splits: {validation: 0.25}
          threads: 1
        model:
          architecture: mobilenet
          alpha: 0.25
          input_size: 32
          channels: 1
          weights: none
          until: conv_pw_2_relu
        training:
          batch_size: 8
          stages:
            - {name: head, freeze: backbone, epochs: 3, learning_rate: 0.1}
            - {name: last_block, freeze: {through: block_1}, epochs: 2, learning_rate: 0.001}

        """
    }

    /// Writes a pair of IDX files, the classes in turn.
    /// - Parameter prefix: `train` or `t10k`.
    public func writePictures(
        _ prefix: String, count: Int, side: Int = 32, classes: Int = classNames.count
    ) throws {
        try FileManager.default.createDirectory(at: pictures, withIntermediateDirectories: true)
        var random = SeededRandom(seed: UInt64(prefix.utf8.count))
        let labels = (0..<count).map { UInt8($0 % classes) }
        let pixels = labels.flatMap { label in
            (0..<side * side).map { _ in UInt8(80 * Float(label) + 60 * random.uniform()) }
        }
        try write("\(prefix)-images-idx3-ubyte", dimensions: [count, side, side], pixels)
        try write("\(prefix)-labels-idx1-ubyte", dimensions: [count], labels)
    }

    private func write(_ name: String, dimensions: [Int], _ bytes: [UInt8]) throws {
        let sizes = dimensions.flatMap { size in
            [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: size >> $0) }
        }
        try Data([0, 0, 8, UInt8(dimensions.count)] + sizes + bytes).write(to: pictures.appending(path: name))
    }
}
