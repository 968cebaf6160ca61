import Architectures
import Foundation
import KerasFiles
import Layers
import Tensors

extension ModelConfiguration {
    /// The arrays that training starts from: the backbone's from the file, the head's drawn at random.
    /// Layers that the options leave out stay random, too.
    /// - Throws: ``KerasFileError``, which names the layer that does not fit.
    package func parameters(of network: Network, seed: UInt64) throws -> (Parameters, ImportReport?) {
        try parameters(of: network, seed: seed, sharing: nil)
    }

    /// The same, of a file that experiments may have imported before.
    /// - Parameter shared: has what earlier experiments have imported; nil where there are none.
    /// - Throws: ``KerasFileError``, which names the layer that does not fit.
    func parameters(
        of network: Network, seed: UInt64, sharing shared: SharedWeights?
    ) throws -> (Parameters, ImportReport?) {
        guard case .file(let path, let options) = weights else {
            return (network.initialParameters(seed: seed), nil)
        }
        let expanded = (path as NSString).expandingTildeInPath
        let (imported, report) =
            try shared?.parameters(of: expanded, options, for: network)
            ?? WeightsFile(expanded).backboneParameters(for: network, options)
        var parameters = network.initialParameters(seed: seed, except: imported)
        parameters.merge(imported)
        return (parameters, report)
    }
}

extension WeightsFile {
    /// The arrays of a network but for its head's.
    /// - Throws: ``KerasFileError``, which names the layer that does not fit.
    func backboneParameters(
        for network: Network, _ options: ImportOptions
    ) throws -> (Parameters, ImportReport) {
        try parameters(
            for: network, importing: { $0.group != NetworkBuilder.headGroup }, options: options,
            hint: { $0.architectureHint })
    }
}

extension WeightsFile {
    /// Every known network, with its top, in the sizes that tell its variants apart.
    private func candidates() -> [(name: String, network: Network)] {
        let channels = layers.contains { $0.takesGreyPictures } ? 1 : 3
        return Architecture.all.flatMap { architecture in
            architecture.alphas.compactMap { alpha in
                let size = architecture.defaultSize
                return (try? architecture.network(input: [size, size, channels], alpha: alpha)).map {
                    (architecture.variantName(alpha: alpha, channels: channels), $0)
                }
            }
        }
    }

    /// The known network that the file's weights fit best; nil where none comes near.
    public var architectureMatch: NetworkMatch? { bestMatch(among: candidates()) }

    /// What an error about the file may add.
    var architectureHint: String? { architectureMatch.map { "the file looks like \($0)" } }
}

extension Architecture {
    /// What tells the network from its relatives: `mobilenet alpha 0.5`, `resnet50`, `vgg16 channels 1`.
    public func variantName(alpha: Double, channels: Int = 3) -> String {
        name + (alphas == [1] ? "" : " alpha \(alpha)") + (channels == 3 ? "" : " channels \(channels)")
    }
}

extension StoredLayer {
    /// Whether it can be the first convolution of a network for grey pictures: `[H, W, 1, out]`, with `H` and `W` more
    /// than 1 and many filters, which no depthwise kernel has.
    fileprivate var takesGreyPictures: Bool {
        arrays.contains { array in
            let shape = array.shape.dimensions
            return shape.count == 4 && shape[2] == 1 && shape[0] > 1 && shape[1] > 1 && shape[3] > 1
        }
    }
}
