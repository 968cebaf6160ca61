/// The section `data`: where the pictures come from, which of them are used, and how they are varied.
public struct DataConfiguration: Sendable, Equatable {
    /// What happens when a picture cannot be read.
    public enum ErrorPolicy: String, Sendable, CaseIterable {
        /// The run ends with an error.
        case fail
        /// The picture is left out, and the run says so.
        case skip
    }

    /// What happens where pictures of different splits are the same, or nearly so.
    public enum DuplicatePolicy: String, Sendable, CaseIterable {
        /// The run lists them and goes on.
        case report
        /// Training pictures that are in another split too are left out.
        case drop = "drop_from_training"
        /// The run ends with an error.
        case fail
        /// Nobody looks for them, which saves reading all pictures beforehand.
        case ignore
    }

    /// Where the pictures come from.
    public var source: Source
    /// FER+'s labels for FER-2013's faces; nil for their own.
    public var ferPlus: FERPlusConfiguration?
    /// Names for the source's classes, in the order of their numbers; nil for the source's own.
    public var classNames: [String]?
    /// The classes that are used, in the order of the network's outputs; nil for all of them.
    public var classes: [String]?
    /// The shares that are set apart where the source has no splits of its own.
    public var splits: SplitFractions
    /// How many folds the pictures are divided into, whatever splits the source has; nil for none.
    public var folds: Int?
    /// The fold that is tested, from 0.
    public var fold: Int
    /// A regular expression that finds in a file's name what splits keep whole; nil for what the source says.
    public var groupPattern: String?
    /// Whether splits keep groups, such as a subject's pictures, whole.
    public var keepsGroups: Bool
    /// What happens where pictures of different splits are the same.
    public var duplicates: DuplicatePolicy
    /// How many training pictures a class may have at most, drawn by the seed; nil for all.
    public var limitPerClass: Int?
    /// What happens when a picture cannot be read.
    public var onError: ErrorPolicy
    /// How training pictures are varied.
    public var augmentation: AugmentationConfiguration
    /// How many threads decode pictures; nil for as many as the machine suggests.
    public var threads: Int?

    /// A data section with the defaults of the YAML file.
    public init(
        source: Source, classNames: [String]? = nil, classes: [String]? = nil,
        splits: SplitFractions = SplitFractions(), folds: Int? = nil, fold: Int = 0,
        groupPattern: String? = nil, keepsGroups: Bool = true, duplicates: DuplicatePolicy = .report,
        limitPerClass: Int? = nil, onError: ErrorPolicy = .fail,
        augmentation: AugmentationConfiguration = AugmentationConfiguration(), threads: Int? = nil
    ) {
        self.source = source
        self.classNames = classNames
        self.classes = classes
        self.splits = splits
        self.folds = folds
        self.fold = fold
        self.groupPattern = groupPattern
        self.keepsGroups = keepsGroups
        self.duplicates = duplicates
        self.limitPerClass = limitPerClass
        self.onError = onError
        self.augmentation = augmentation
        self.threads = threads
    }
}

/// The shares of the pictures, each in `0..<1`, that are not trained on; together less than 1.
public struct SplitFractions: Sendable, Equatable {
    /// The share that is looked at after every epoch.
    public var validation: Double
    /// The share that is looked at once, at the end.
    public var test: Double

    /// A tenth for each, if nothing else is said.
    public init(validation: Double = 0.1, test: Double = 0.1) {
        self.validation = validation
        self.test = test
    }
}
