import Layers

extension WeightsFile {
    /// Reads the arrays of a network.
    ///
    /// Nothing is imported unless everything fits: each layer that is asked for must be in the file, with
    /// all its arrays in exactly their shapes. What the file has beyond that is left out, and reported.
    /// - Parameters:
    ///   - network: says which arrays are needed.
    ///   - isImported: whether a layer's arrays are to come from the file; a new head's are not.
    ///   - options: how layers are found in the file, and which of them are left out after all.
    ///   - hint: may add to an error what else the file could be, for instance from
    ///     ``bestMatch(among:)``.
    /// - Returns: the arrays, in Keras's layouts, and a report.
    /// - Throws: ``KerasFileError/mismatch(file:network:problems:hint:)`` with everything that does not fit,
    ///   ``KerasFileError/importOptions(file:problems:)`` where the options speak of layers that are not there.
    public func parameters(
        for network: Network, importing isImported: (Network.Node) -> Bool = { _ in true },
        options: ImportOptions = ImportOptions(), hint: (WeightsFile) -> String? = { _ in nil }
    ) throws -> (parameters: Parameters, report: ImportReport) {
        let layers = LayerMatching(self, network, importing: isImported, options: options)
        try layers.checkOptions()
        let (pairs, matching, problems) = layers.match()
        guard problems.isEmpty else {
            throw KerasFileError.mismatch(
                file: path, network: network.name, problems: problems,
                hint: hint(self))
        }
        return try parameters(
            of: pairs, in: network, matching, excluded: layers.excluded,
            excludedPaths: Set(layers.excludedPairs().map(\.layer.path)))
    }

    /// Reads the arrays of layers that were found, and reports it.
    func parameters(
        of pairs: [LayerMatching.Pair], in network: Network, _ matching: ImportReport.Matching,
        excluded: Set<String> = [], excludedPaths: Set<String> = []
    ) throws -> (parameters: Parameters, report: ImportReport) {
        var parameters = Parameters()
        for (node, layer) in pairs {
            let arrays = ArrayMatching(node: node, layer: layer).ordered().arrays
            for (key, array) in zip(node.parameterKeys, arrays) {
                let tensor = try read(array)
                parameters[key] =
                    TheanoKernels.areTurned(in: self, node.layer, key) ? TheanoKernels.turned(tensor) : tensor
            }
        }
        return (parameters, report(of: pairs, in: network, matching, excluded, excludedPaths))
    }

    private func report(
        of pairs: [LayerMatching.Pair], in network: Network, _ matching: ImportReport.Matching,
        _ excluded: Set<String>, _ excludedPaths: Set<String>
    ) -> ImportReport {
        let layers = Dictionary(uniqueKeysWithValues: pairs.map { ($0.node.name, $0.layer) })
        let used = Set(pairs.flatMap { $0.layer.arrays.map(\.path) })
        let filled = network.nodes.filter { !$0.parameters.isEmpty }
        return ImportReport(
            file: path, network: network.name, matching: matching,
            imported: filled.compactMap { node in
                layers[node.name].map {
                    .init(name: node.name, path: $0.path, parameterCount: $0.parameterCount)
                }
            },
            renamed: pairs.filter { $0.node.name != $0.layer.name }.map {
                "\($0.node.name): \($0.layer.name)"
            },
            notImported: filled.map(\.name).filter { layers[$0] == nil && !excluded.contains($0) },
            excluded: filled.map(\.name).filter(excluded.contains),
            leftOut: self.layers.filter { layer in
                !layer.arrays.isEmpty && !excludedPaths.contains(layer.path)
                    && !layer.arrays.contains { used.contains($0.path) }
            }.map(\.path),
            ignored: ignored,
            converted: pairs.flatMap { node, layer in
                layer.arrays.filter { $0.storedType != .float32 }
                    .map { "\(node.name)/\($0.name): \($0.storedType)" }
                    + zip(node.parameterKeys, ArrayMatching(node: node, layer: layer).ordered().arrays)
                    .compactMap { key, array in
                        array.order.map { "\(key): \($0.description)" }
                    }
                    + node.parameterKeys.filter { TheanoKernels.areTurned(in: self, node.layer, $0) }
                    .map { "\($0): turned by 180°, as Theano turns it" }
            })
    }
}
