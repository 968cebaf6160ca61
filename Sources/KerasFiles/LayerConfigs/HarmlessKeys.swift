/// Keys of layers' configurations that say nothing about what a layer computes from its weights: how these
/// were filled and held in check, and of what kind the numbers were.
enum HarmlessKeys {
    static func contains(_ key: String) -> Bool {
        names.contains(key) || endings.contains { key.hasSuffix($0) }
    }

    private static let endings = ["_initializer", "_regularizer", "_constraint"]
    private static let names: Set<String> = [
        "name", "trainable", "dtype", "batch_input_shape", "batch_shape", "input_shape", "input_dtype",
        "sparse", "ragged", "optional", "autocast", "seed", "data_format", "dim_ordering",
        // Keras 1
        "init", "input_dim", "input_length", "gamma_init", "beta_init",
        // Keras 2
        "fused", "virtual_batch_size", "adjustment", "_graph_name", "implementation",
        // BatchNormalization's way across several machines, and what goes with renorm
        "synchronized", "renorm_clipping", "renorm_momentum",
        // RandomAugmentation's
        "value_range",
    ]
}
