/// The section `data`: where the pictures come from, which of them are used, and how they are varied.
public struct DataConfiguration: Sendable, Equatable {
    /// Where the pictures come from. Paths are relative to the working directory.
    public enum Source: Sendable, Equatable {
        /// A folder with a folder of pictures for each class.
        case imageFolder(String)
        /// The CSV file of the FER-2013 challenge.
        case fer2013CSV(String)
        /// A folder with the IDX files of MNIST and its relatives.
        case idx(String)

        /// The path, whatever the kind.
        public var path: String {
            switch self {
            case .imageFolder(let path), .fer2013CSV(let path), .idx(let path): path
            }
        }
    }

    /// What happens when a picture cannot be read.
    public enum ErrorPolicy: String, Sendable, CaseIterable {
        /// The run ends with an error.
        case fail
        /// The picture is left out, and the run says so.
        case skip
    }

    /// Where the pictures come from.
    public var source: Source
    /// Names for the source's classes, in the order of their numbers; nil for the source's own.
    public var classNames: [String]?
    /// The classes that are used, in the order of the network's outputs; nil for all of them.
    public var classes: [String]?
    /// The shares that are set apart where the source has no splits of its own.
    public var splits: SplitFractions
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
        splits: SplitFractions = SplitFractions(), limitPerClass: Int? = nil, onError: ErrorPolicy = .fail,
        augmentation: AugmentationConfiguration = AugmentationConfiguration(), threads: Int? = nil
    ) {
        self.source = source
        self.classNames = classNames
        self.classes = classes
        self.splits = splits
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
