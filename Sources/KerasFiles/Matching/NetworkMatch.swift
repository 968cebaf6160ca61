import Layers

/// How well a file's weights fit a network that is known by name.
public struct NetworkMatch: Sendable {
    /// The candidate's name.
    public let name: String
    /// The candidate.
    public let network: Network
    /// The network's layers that are in the file with all their arrays and shapes.
    public let matched: [String]
    /// The network's layers that the file has with other arrays or shapes.
    public let conflicting: [String]
    /// The network's layers with arrays that the file does not have.
    public let missing: [String]
    /// The file's layers with arrays that the network does not have, by their paths.
    public let additional: [String]
    /// The layer after which the network was cut, where what is missing is just what comes behind it, and
    /// more than a classifier.
    public let cutAfter: String?

    /// The layer groups of which all arrays are missing: `top` for a file without a classifier.
    public var missingGroups: [String] {
        let missing = Set(missing)
        return network.groups.filter { group in
            let names = network.nodes.filter { $0.group == group && !$0.parameters.isEmpty }.map(\.name)
            return !names.isEmpty && missing.isSuperset(of: names)
        }
    }
}

extension NetworkMatch: CustomStringConvertible {
    /// The match as a phrase: `mobilenet, without top, cut after conv_pw_12_relu`.
    public var description: String {
        var parts = [name]
        if missingGroups.contains("top") { parts.append("without top") }
        if let cutAfter {
            parts.append("cut after \(cutAfter)")
        } else if !missing.isEmpty, missingGroups != ["top"] {
            parts.append("\(counted(missing)) missing")
        }
        if !conflicting.isEmpty { parts.append("\(counted(conflicting)) of other shapes") }
        if !additional.isEmpty { parts.append(counted(additional, "further ")) }
        return parts.joined(separator: ", ")
    }

    private func counted(_ layers: [String], _ kind: String = "") -> String {
        "\(layers.count) \(kind)layer\(layers.count == 1 ? "" : "s")"
    }
}

extension WeightsFile {
    /// The candidate that the file's weights fit best.
    ///
    /// - Parameter candidates: networks with the names that they go by.
    /// - Returns: nil where no candidate has half of its layers or half of the file's in common with the
    ///   file.
    public func bestMatch(among candidates: [(name: String, network: Network)]) -> NetworkMatch? {
        let filled = layers.count { !$0.arrays.isEmpty }
        return candidates.map { match($0.name, $0.network) }
            .filter { 2 * $0.matched.count > min(filled, $0.matched.count + $0.missing.count) }
            .max { $0.rank < $1.rank }
    }

    private func match(_ name: String, _ network: Network) -> NetworkMatch {
        let (pairs, _, problems) = LayerMatching(self, network, suggestsNames: false).match()
        let failed = Set(problems.map(\.layer))
        let found = Set(pairs.map(\.node.name))
        let used = Set(pairs.map(\.layer.path))
        let filled = network.nodes.filter { !$0.parameters.isEmpty }.map(\.name)
        let missing = filled.filter { !found.contains($0) }
        let top = Set(network.nodes.filter { $0.group == "top" }.map(\.name))
        return NetworkMatch(
            name: name, network: network,
            matched: filled.filter { found.contains($0) && !failed.contains($0) },
            conflicting: filled.filter { found.contains($0) && failed.contains($0) }, missing: missing,
            additional: layers.filter { !$0.arrays.isEmpty && !used.contains($0.path) }.map(\.path),
            cutAfter: top.isSuperset(of: missing) ? nil : cut(in: network, missing: Set(missing)))
    }

    /// The last layer of the file before which all arrays are there, and behind which none is.
    private func cut(in network: Network, missing: Set<String>) -> String? {
        let names = Set(namedLayers.map(\.name))
        let filled = network.nodes.count { !$0.parameters.isEmpty } - missing.count
        for node in network.nodes.reversed() where names.contains(node.name) {
            guard let part = try? network.until(node.name) else { continue }
            let kept = part.nodes.filter { !$0.parameters.isEmpty }
            if kept.count == filled, !kept.contains(where: { missing.contains($0.name) }) {
                return node.name
            }
        }
        return nil
    }
}

extension NetworkMatch {
    fileprivate var rank: (Int, Int, Int) {
        (matched.count - conflicting.count, -missing.count, -additional.count)
    }
}
