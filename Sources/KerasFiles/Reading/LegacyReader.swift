/// Reads the layout that Keras had from version 1 to 2, and that Keras 3 still writes for names in `.h5`.
///
/// Attribute `layer_names` lists the layers in the model's order; a group a layer has the attribute
/// `weight_names`, which lists the layer's arrays in order (Keras, `legacy_h5_format.py`).
struct LegacyReader {
    private let root: HDF5Group
    private let config: ModelConfig?

    /// Whether a group has the layout.
    static func recognizes(_ root: HDF5Group) throws -> Bool {
        try root.hasAttribute("layer_names") || root.hasAttribute("layer_names0")
    }

    /// A reader of the group that has the attribute, with the model's configuration if there is one.
    init(_ root: HDF5Group, config: ModelConfig? = nil) throws {
        self.root = root
        self.config = config
    }

    func contents() throws -> FileContents {
        guard let names = try root.splitStrings("layer_names") else {
            throw KerasFileError.attribute(
                "layer_names", file: root.place.file, object: root.place.object, expected: "a list of names",
                found: "no such attribute")
        }
        let groups = try names.map(group)
        return FileContents(
            format: .legacyWeights, layers: groups.flatMap(layers), groups: groups,
            ignored: try modelArrays(),
            kerasVersion: try root.string("keras_version"), backend: try root.string("backend"))
    }

    private func group(_ name: String) throws -> LegacyGroup {
        let group = try root.group(name)
        return LegacyGroup(
            name: name, path: group.place.object,
            weights: try (group.splitStrings("weight_names") ?? []).map { weight in
                let scope = weight.split(separator: "/").dropLast().joined(separator: "/")
                return .init(
                    scope: scope, array: StoredArray(name: arrayName(weight), try group.dataset(weight)))
            })
    }

    /// The layer of a group, or the layers of the model that is nested there.
    private func layers(in group: LegacyGroup) -> [StoredLayer] {
        let (name, weights) = (group.name, group.weights)
        var scopes: [String] = []
        for weight in weights where !scopes.contains(weight.scope) { scopes.append(weight.scope) }
        guard isModel(name, scopes: scopes) else {
            return [
                StoredLayer(
                    name: name, alias: FormerNames.today(name) ?? scopes.first.map(lastPart),
                    path: group.path,
                    className: config?.className(of: name),
                    arrays: weights.map(\.array))
            ]
        }
        // A nested model lists what is trained first, so that a layer's arrays stand apart.
        let members = Dictionary(grouping: weights, by: \.scope)
        return scopes.map { scope in
            StoredLayer(
                name: lastPart(scope), alias: nil, path: "\(group.path)/\(scope)",
                className: config?.className(of: lastPart(scope)),
                arrays: members[scope]!.map(\.array))
        }
    }

    private func isModel(_ name: String, scopes: [String]) -> Bool {
        guard !scopes.isEmpty, !scopes.contains("") else { return false }
        return config?.isModel(name) ?? (scopes.count > 1)
    }

    /// `kernel` for `conv1/kernel:0`.
    private func arrayName(_ weight: String) -> String {
        String(lastPart(weight).split(separator: ":", omittingEmptySubsequences: false)[0])
    }

    private func lastPart(_ path: String) -> String {
        path.split(separator: "/").last.map(String.init) ?? path
    }

    /// Arrays of the model itself, which belong to no layer.
    private func modelArrays() throws -> [String] {
        let name = "top_level_model_weights"
        guard try root.has(name), try !(root.group(name).splitStrings("weight_names") ?? []).isEmpty else {
            return []
        }
        return [root.place.child(name).object]
    }
}

/// The arrays of a layer of the outermost model, which may be a model itself, in the order in which Keras
/// takes them.
struct LegacyGroup: Sendable {
    /// An array, with what its name has before the last part.
    struct Weight: Sendable {
        let scope: String
        let array: StoredArray
    }

    let name: String
    let path: String
    let weights: [Weight]
}

extension HDF5Group {
    /// A list of strings that Keras splits into `name0`, `name1`, … when it is longer than an attribute
    /// may be; nil if there is none.
    fileprivate func splitStrings(_ name: String) throws -> [String]? {
        if let whole = try strings(name) { return whole }
        var parts: [String]?
        var number = 0
        while let part = try strings("\(name)\(number)") {
            parts = (parts ?? []) + part
            number += 1
        }
        return parts
    }
}
