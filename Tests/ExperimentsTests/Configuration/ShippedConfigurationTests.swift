import Foundation
import TestSupport
import Testing

@testable import Experiments

/// The configurations that come with the project.
@Suite struct ShippedConfigurationTests {
    static let files = [
        "experiments/quickstart.yaml", "experiments/fer2013.yaml", "pretrained/quickstart.yaml",
    ]

    @Test(arguments: files)
    func `Every configuration that is shipped can be read, and its network built`(file: String) throws {
        let path = Fixtures.checkout.appending(path: file).path(percentEncoded: false)
        let configuration = try ExperimentConfiguration.load(path: path)
        let network = try configuration.model.network(classes: 7)
        for stage in configuration.training.stages {
            #expect(try !stage.freezing.trainedLayers(of: network).isEmpty, "\(stage.name)")
        }
    }

    @Test func `The list of those files is complete`() throws {
        let found = try ["experiments", "pretrained"].flatMap { folder in
            try FileManager.default.contentsOfDirectory(
                atPath: Fixtures.checkout.appending(path: folder).path(percentEncoded: false)
            ).filter { $0.hasSuffix(".yaml") && !$0.hasSuffix("-sweep.yaml") }.map { "\(folder)/\($0)" }
        }
        #expect(Set(found) == Set(Self.files))
    }
}
