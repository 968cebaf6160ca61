import Foundation
import KerasFiles
import Layers
import Tensors

/// A network whose arrays Keras wrote to a file, pictures, and what Keras makes of them; written by
/// `Tests/Fixtures/oracle/oracle.py` to a folder outside the checkout.
struct OracleCase: SmallNetwork, Decodable, Sendable {
    let network: String
    let alpha: Double
    let size: Int
    let batch: Int
    let usesBatchStatistics: Bool
    /// The file that Keras saved.
    let weights: String
    /// Files of bare float32 numbers.
    let pictures: String
    let logits: String
    let logitsShape: [Int]
    /// The gradients, one behind the other in one file; nil for a network of full size at inference.
    let gradients: Gradients?

    struct Gradients: Decodable, Sendable {
        let file: String
        let arrays: [Array]

        struct Array: Decodable, Sendable {
            let key: String
            let count: Int
        }
    }

    /// What the test found, for the script's table.
    struct Result: Codable {
        var parameters = 0
        /// The largest difference of a logit, as a share of the largest logit.
        var logits = Double.infinity
        /// Each gradient's distance, as a share of its norm, by the array's key.
        var gradients: [String: Double] = [:]
    }

    /// The folder that the script names, if it runs this test.
    static let folder = ProcessInfo.processInfo.environment["GRAFT_ORACLE"].map { URL(filePath: $0) }

    static func load(from folder: URL) throws -> OracleCase {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return try decoder.decode(Self.self, from: Data(contentsOf: folder.appending(path: "case.json")))
    }

    /// The arrays of a network, imported from the file.
    func parameters(of network: Network, in folder: URL) throws -> Parameters {
        try WeightsFile(folder.appending(path: weights).path(percentEncoded: false))
            .parameters(for: network).parameters
    }
}

/// A file of bare little-endian float32 numbers.
struct NumberFile {
    private let data: Data

    init(_ url: URL) throws { data = try Data(contentsOf: url, options: .mappedIfSafe) }

    /// The numbers as a tensor.
    /// - Parameter offset: how many numbers to pass over.
    func tensor(_ shape: Shape, at offset: Int = 0) throws -> Tensor {
        let bytes = data.dropFirst(4 * offset).prefix(4 * shape.elementCount)
        guard bytes.count == 4 * shape.elementCount else { throw TooShort() }
        return bytes.withUnsafeBytes { Tensor($0.bindMemory(to: Float.self), shape: shape) }
    }

    struct TooShort: Error {}
}
