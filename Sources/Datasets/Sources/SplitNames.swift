extension Split {
    /// The split that a folder or a table calls by a common name, in upper or lower case:
    /// - train: `train`, `training`
    /// - validation: `validation`, `valid`, `val`, `dev`, `publictest`
    /// - test: `test`, `testing`, `privatetest`
    ///
    /// `publictest` and `privatetest` are FER-2013's, of which the first is commonly validated with.
    init?(commonName: String) {
        switch commonName.lowercased() {
        case "train", "training": self = .train
        case "validation", "valid", "val", "dev", "publictest": self = .validation
        case "test", "testing", "privatetest": self = .test
        default: return nil
        }
    }
}
