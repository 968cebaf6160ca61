/// What to do about a picture that cannot be decoded, or a row that is not what it should be.
public enum BrokenImagePolicy: String, Sendable, CaseIterable {
    /// It is an error.
    case fail
    /// The sample is left out and listed in ``Dataset/skipped``.
    case skip
}

/// A sample that was left out.
public struct SkippedSample: Sendable, Equatable {
    /// As ``Sample/identifier``.
    public let identifier: String
    /// What is wrong with it, in a sentence.
    public let reason: String
}
