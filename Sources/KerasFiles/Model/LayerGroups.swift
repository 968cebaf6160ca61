/// Divides a model's layers into the groups that can be frozen one after another.
///
/// A model in the model is a group, called by its name. Otherwise names that begin with a
/// block and a number (`block1_conv1`, `conv2_block1_out`, `stage3_…`) make groups of the blocks, and what
/// has no such name belongs to the block before it. Whatever comes before is `features`, and what comes
/// behind the last picture is `head`.
struct LayerGroups {
    /// The group of every step.
    let groups: [String]

    init(_ model: FlatModel) {
        groups =
            model.steps.contains { !$0.models.isEmpty }
            ? Self.byModel(model) : Self.byBlock(model)
    }

    /// What is between two models belongs to the one before it, unless it is a block.
    private static func byModel(_ model: FlatModel) -> [String] {
        let last = model.steps.lastIndex { !$0.models.isEmpty } ?? 0
        var group = "features"
        return model.steps.enumerated().map { index, step in
            group = step.models.last ?? (index > last ? "head" : block(of: step.name) ?? group)
            return group
        }
    }

    private static func byBlock(_ model: FlatModel) -> [String] {
        let blocks = model.steps.map { block(of: $0.name) }
        let areBlocks = Set(blocks.compactMap(\.self)).count > 1
        let head = headStart(of: model)
        var group = "features"
        return model.steps.indices.map { index in
            if index >= head { return "head" }
            if areBlocks, let block = blocks[index] { group = block }
            return group
        }
    }

    /// `block1` of `block1_conv1`; nil where a name tells no block.
    static func block(of name: String) -> String? {
        let block = #/(?:^|_)((?:block|stage|stack|expanded_conv)_?[0-9]+[a-z]?|conv[0-9]+)[_\/]/#
        if let match = name.firstMatch(of: block) { return String(match.1) }
        // MobileNet's pairs of convolutions.
        return name.prefixMatch(of: #/conv_(?:dw|pw|pad)_([0-9]+)/#).map { "block_\($0.1)" }
    }

    /// The step that begins the head: the last one that flattens pictures, or pools them away. Where pictures
    /// are merged behind it, it belongs to a gate (squeeze and excitation), and there is no head.
    private static func headStart(of model: FlatModel) -> Int {
        let last = model.steps.lastIndex {
            $0.layer.className == "Flatten" || $0.layer.className.hasPrefix("Global")
        }
        guard let last, !model.steps[last...].contains(where: { $0.inputs.count > 1 }) else {
            return model.steps.count
        }
        return last
    }
}
