/// What a sample is for.
public enum Split: String, Sendable, CaseIterable, Codable {
    /// To fit weights to.
    case train
    /// To choose between epochs and hyper-parameters.
    case validation
    /// To report once, in the end.
    case test
}
