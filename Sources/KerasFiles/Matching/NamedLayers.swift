extension WeightsFile {
    /// The layers, by the names that the file's own description of the model has for them.
    ///
    /// Early `.keras` archives call the groups of arrays by classes and counters alone, anew in every nested
    /// model; only together with the configuration do they tell names.
    var namedLayers: [StoredLayer] {
        guard format == .kerasArchive, let config, layers.contains(where: \.isNamedByPath),
            // A model that cannot be understood can still hold arrays that fit.
            let model = try? ModelConfigReader(file: path).model(config.json)
        else { return layers }
        let names = Self.names(of: model, at: [])
        return layers.map { layer in
            guard layer.isNamedByPath, let name = names[layer.keys] else { return layer }
            return StoredLayer(
                name: name, alias: layer.alias, path: layer.path, className: layer.className,
                arrays: layer.arrays)
        }
    }

    private static func names(of model: ModelDescription, at path: [String]) -> [[String]: String] {
        var names: [[String]: String] = [:]
        for (layer, key) in zip(model.layers, KerasKeys.keys(of: model.layers.map(\.className))) {
            if let inner = layer.model {
                names.merge(Self.names(of: inner, at: path + [key])) { first, _ in first }
            } else {
                names[path + [key]] = layer.name
            }
        }
        return names
    }
}

extension StoredLayer {
    /// The names of the groups that it is in, without those that every model has.
    var keys: [String] {
        path.split(separator: "/").map(String.init).filter { !Self.containers.contains($0) }
    }

    private static let containers: Set<String> = ["layers", "_layer_checkpoint_dependencies"]

    /// Whether the file has no name for it but the group's.
    fileprivate var isNamedByPath: Bool { keys.last == name }
}
