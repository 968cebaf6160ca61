import Layers

/// Reads the `.weights.h5` of Keras 3, and of the Keras 2 versions that had it already.
///
/// An object with arrays is a group with a member `vars`, whose members `0`, `1`, … are the arrays, trainable
/// ones first. A model's layers are below `layers` (once `_layer_checkpoint_dependencies`), each in a group
/// called by its class and a counter: `conv2d`, `conv2d_1`, … Recent versions add the layer's name as an
/// attribute of `vars`; some early ones used the name in place of the class (Keras, `saving_lib.py`).
struct Keras3Reader {
    private let root: HDF5Group

    /// Whether a file has the layout.
    static func recognizes(_ root: HDF5Group) throws -> Bool {
        for name in ["layers", "_layer_checkpoint_dependencies", "vars"] where try root.has(name) {
            return true
        }
        return false
    }

    init(_ root: HDF5Group) { self.root = root }

    func contents() throws -> FileContents {
        var walk = Walk()
        try walk.visit(root)
        return FileContents(
            format: .keras3Weights, layers: Self.inOrder(walk.layers), ignored: walk.ignored)
    }

    /// Groups are listed by the alphabet, but Keras writes the arrays in the model's order, and so their
    /// descriptions stand in the file. The numbers do not: the library puts small arrays together.
    private static func inOrder(_ layers: [StoredLayer]) -> [StoredLayer] {
        let filled = layers.filter { !$0.arrays.isEmpty }.map { ($0.arrays[0].address, $0) }
        let empty = layers.filter(\.arrays.isEmpty)
        return filled.sorted { $0.0 < $1.0 }.map(\.1)
            + empty.sorted { CountedName(path: $0.path) < CountedName(path: $1.path) }
    }
}

extension Keras3Reader {
    /// A walk through the tree of groups, each once.
    private struct Walk {
        var layers: [StoredLayer] = []
        var ignored: [String] = []
        private var visited: Set<UInt64> = []
        private static let deepest = 32

        mutating func visit(_ group: HDF5Group, depth: Int = 0) throws {
            // Groups may contain themselves.
            guard try visited.insert(group.address()).inserted, depth < Self.deepest else { return }
            for name in try group.memberNames() {
                let (handle, kind) = try group.openMember(name)
                guard kind == .group else { continue }
                let member = HDF5Group(
                    handle: handle, place: group.place.child(name), fileSize: group.fileSize)
                if name == "seed_generator" || (depth == 0 && Self.isTrainingState(name)) {
                    ignored.append(member.place.object)
                } else if name == "vars" {
                    if try depth > 0 || !member.memberNames().isEmpty {
                        layers.append(try layer(group, member))
                    }
                } else {
                    try visit(member, depth: depth + 1)
                }
            }
        }

        private func layer(_ group: HDF5Group, _ variables: HDF5Group) throws -> StoredLayer {
            let key = group.place.object.split(separator: "/").last.map(String.init) ?? "model"
            let numbers = try variables.memberNames().sorted { CountedName($0) < CountedName($1) }
            return StoredLayer(
                name: try variables.string("name") ?? key, alias: nil, path: group.place.object,
                className: CountedName(key).className,
                arrays: try numbers.map { StoredArray(name: $0, try variables.dataset($0)) })
        }

        private static func isTrainingState(_ name: String) -> Bool {
            name == "optimizer" || name == "metrics"
                || (name.hasPrefix("_") && name != "_layer_checkpoint_dependencies")
        }
    }
}
