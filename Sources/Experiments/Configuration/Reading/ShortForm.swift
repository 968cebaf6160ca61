/// What may be written as the value of its one key that matters, in a mapping's stead: `optimizer: adam` for
/// `optimizer: {name: adam}`.
///
/// The schema reads both; who sets a key inside, such as `optimizer.beta_1`, needs the long form of what is
/// there.
enum ShortForm {
    /// The key that matters, by the key of the mapping.
    static let keys = [
        "optimizer": "name", "schedule": "name", "loss": "name", "feature_cache": "mode",
        "unfreeze_gradually": "every", "random_erasing": "probability", "ck_plus": "path", "csv": "file",
        "multilabel_csv": "file", "solver": "name",
    ]

    /// The mapping that a value stands for; nil where it stands for none.
    /// - Parameter path: the value's keys with '.' between them.
    static func written(out value: YAMLNode, at path: String) -> YAMLNode? {
        guard let last = path.split(separator: ".").last, let key = keys[String(last)] else { return nil }
        let entry = YAMLEntry(key: key, place: value.place, value: value)
        return YAMLNode(content: .mapping([entry]), place: value.place)
    }
}
