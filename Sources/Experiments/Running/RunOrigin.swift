import Datasets
import Foundation
import KerasFiles
import Layers

/// What a run began with, as far as its result depends on it: kept in the checkpoint, so that nothing else is
/// gone on with.
public struct RunOrigin: Codable, Sendable, Equatable {
    /// When the run began.
    public var began: Date
    /// The configuration, in YAML.
    public var configuration: String
    /// The classes, in the order of the network's outputs.
    public var classNames: [String]
    /// How many pictures each split has of each class.
    public var pictures: [String: [Int]]
    /// A checksum of the arrays that training starts from.
    public var weights: String

    private enum CodingKeys: String, CodingKey {
        case began, configuration, pictures, weights
        case classNames = "class_names"
    }

    /// The origin of a run that begins.
    /// - Throws: ``ConfigurationError/emission(_:)``
    public init(_ experiment: Experiment, began: Date) throws(ConfigurationError) {
        self.began = began
        configuration = try experiment.configuration.yaml()
        classNames = experiment.dataset.classNames
        pictures = experiment.dataset.countsBySplit
        let arrays = experiment.network.parameters.map { experiment.parameters[$0.key]! }
        weights = (experiment.sharedWeights?.checksum(of: arrays) ?? Checksum(of: arrays)).description
    }

    /// Checks that another run would begin in the same way. Pictures and weights may have moved.
    /// - Parameter path: the configuration's file, for errors.
    /// - Throws: ``ExperimentError``, ``ConfigurationError``
    func check(_ experiment: Experiment, _ path: String) throws {
        let (found, source) = (try RunOrigin(experiment, began: began), experiment.configuration.data.source)
        var (before, now) = (try ExperimentConfiguration.parse(configuration), experiment.configuration)
        before.data.source = now.data.source
        if let path = now.data.ferPlus?.path { before.data.ferPlus?.path = path }
        now.data.threads = before.data.threads
        if case .file(_, let options) = before.model.weights, case .file(let path, _) = now.model.weights {
            before.model.weights = .file(path, options)
        }
        guard before == now else { throw ExperimentError.otherConfiguration(path: path) }
        guard found.classNames == classNames else {
            throw ExperimentError.otherClasses(
                data: source.path, expected: classNames, found: found.classNames)
        }
        guard found.pictures == pictures else {
            throw ExperimentError.otherPictures(
                data: source.path, expected: pictures, found: found.pictures)
        }
        guard found.weights == weights else {
            throw ExperimentError.otherWeights(path: experiment.importReport?.file)
        }
    }
}
