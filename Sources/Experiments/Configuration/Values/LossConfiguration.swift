import Training

/// What training makes small, by Keras's names.
public enum LossConfiguration: Sendable, Equatable {
    /// `categorical_crossentropy`, for pictures that are of one class each, or have soft labels.
    case categoricalCrossEntropy
    /// `categorical_focal_crossentropy`, likewise.
    case categoricalFocalCrossEntropy(FocalCrossEntropy = FocalCrossEntropy())
    /// `binary_crossentropy`, for pictures that may be of several classes.
    case binaryCrossEntropy(positiveWeights: ClassWeights? = nil)

    /// Whether each class is told by itself.
    public var isMultiLabel: Bool {
        if case .binaryCrossEntropy = self { true } else { false }
    }

    /// Keras's name.
    public var name: String {
        switch self {
        case .categoricalCrossEntropy: "categorical_crossentropy"
        case .categoricalFocalCrossEntropy: "categorical_focal_crossentropy"
        case .binaryCrossEntropy: "binary_crossentropy"
        }
    }
}

/// How much each class counts.
public enum ClassWeights: Sendable, Equatable {
    /// As much as it is rare among the training pictures.
    case balanced
    /// As given, by the classes' names; the others count 1.
    case each([String: Float])
}
