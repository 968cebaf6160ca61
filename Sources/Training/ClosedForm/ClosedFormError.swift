/// Why a head cannot be worked out.
public enum ClosedFormError: Error, Equatable, CustomStringConvertible {
    /// The equations have no single solution.
    case notPositiveDefinite(solver: String)
    /// A feature is not a finite number.
    case notFinite(solver: String)
    /// A class has no samples to learn from.
    case emptyClass(Int, solver: String)

    /// The error as a sentence for the person who has to act.
    public var description: String {
        switch self {
        case .notPositiveDefinite(let solver):
            "\(solver): the features determine no single solution, as some follow from others; "
                + "regularize more (a greater alpha or shrinkage)"
        case .notFinite(let solver):
            "\(solver): some features are not finite numbers; are the weights those of the architecture?"
        case .emptyClass(let label, let solver):
            "\(solver): class \(label) has no pictures to learn from"
        }
    }
}
