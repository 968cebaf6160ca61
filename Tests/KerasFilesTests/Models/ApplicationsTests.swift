import Foundation
import KerasFiles
import Layers
import Testing

/// The networks of keras.applications from their configurations alone; see
/// `Tests/Fixtures/keras_files/make_applications.py`, which writes the files.
@Suite struct ApplicationsTests {
    private static let folder = ProcessInfo.processInfo.environment["GRAFT_APPLICATIONS"]

    private struct Digest: Decodable {
        var input: [Int]
        var output: [Float]
        var parameterCount: Int
    }

    private static let digests: [String: Digest] = {
        guard let folder, let data = try? Data(contentsOf: URL(filePath: "\(folder)/digests.json")) else {
            return [:]
        }
        return (try? JSONDecoder().decode([String: Digest].self, from: data)) ?? [:]
    }()

    @Test(
        .enabled(if: folder != nil, "needs GRAFT_APPLICATIONS, a folder of large files"),
        arguments: digests.keys.sorted())
    func `A network of Keras's applications computes what Keras computes`(name: String) throws {
        let (folder, digest) = (try #require(Self.folder), try #require(Self.digests[name]))
        let started = Date()
        let model = try ModelFile("\(folder)/\(name)").model()
        let seconds = Date().timeIntervalSince(started)
        #expect(model.network.parameterCount == digest.parameterCount)
        let output = try ExpectedOutputs.output(of: model.network, model.parameters, input: digest.input)
        let difference = zip(output, digest.output).map { abs($0 - $1) }.max() ?? .infinity
        print("\(name): largest difference \(difference), imported in \(seconds) s, \(model.network.groups)")
        #expect(difference < 1e-5)
        // For a look with Keras: `verify_models.py` takes the folder's files as well.
        guard let written = ProcessInfo.processInfo.environment["GRAFT_WRITTEN"] else { return }
        try ModelWriter(model.network).write(model.parameters, to: "\(written)/\(name).keras")
    }
}
