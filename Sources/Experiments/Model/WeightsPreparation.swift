import Architectures
import Foundation
import KerasFiles
import Layers

extension ModelConfiguration {
    /// The arrays that training starts from: the backbone's from the file, the head's drawn at random.
    /// Layers that the options leave out stay random, too.
    /// - Throws: ``KerasFileError``, which names the layer that does not fit.
    func parameters(of network: Network, seed: UInt64) throws -> (Parameters, ImportReport?) {
        var parameters = network.initialParameters(seed: seed)
        guard case .file(let path, let options) = weights else { return (parameters, nil) }
        let file = try WeightsFile((path as NSString).expandingTildeInPath)
        let (imported, report) = try file.parameters(
            for: network, importing: { $0.group != NetworkBuilder.headGroup }, options: options,
            hint: { $0.architectureHint })
        parameters.merge(imported)
        return (parameters, report)
    }
}

extension WeightsFile {
    /// Every known network, with its top, in the sizes that tell its variants apart.
    private static func candidates() -> [(name: String, network: Network)] {
        Architecture.all.flatMap { architecture in
            architecture.alphas.compactMap { alpha in
                (try? architecture.network(alpha: alpha)).map { (architecture.variantName(alpha: alpha), $0) }
            }
        }
    }

    /// The known network that the file's weights fit best; nil where none comes near.
    public var architectureMatch: NetworkMatch? { bestMatch(among: Self.candidates()) }

    /// What an error about the file may add.
    var architectureHint: String? { architectureMatch.map { "the file looks like \($0)" } }
}

extension Architecture {
    /// What tells the network from its wider and narrower relatives: `mobilenet alpha 0.5`, `resnet50`.
    public func variantName(alpha: Double) -> String { alphas == [1] ? name : "\(name) alpha \(alpha)" }
}
