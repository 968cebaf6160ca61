import Tensors

/// One of Keras's layers that change pictures at random while training: `RandomFlip`, `RandomRotation`, ….
///
/// Here it never changes anything, as Keras's does not at inference: pictures are augmented before they enter
/// a network. The layer keeps its place so that a network that has it stays the one that was read.
public struct RandomAugmentation: Layer {
    /// The classes that are met.
    public static let classNames: Set<String> = [
        "RandomApply", "RandomBrightness", "RandomColorDegeneration", "RandomColorJitter", "RandomContrast",
        "RandomElasticTransform", "RandomErasing", "RandomFlip", "RandomGaussianBlur", "RandomGrayscale",
        "RandomHeight", "RandomHue", "RandomInvert", "RandomPerspective", "RandomPosterization",
        "RandomRotation", "RandomSaturation", "RandomSharpness", "RandomShear", "RandomTranslation",
        "RandomWidth", "RandomZoom",
    ]
    /// A name for all of the classes.
    public static let className = "RandomAugmentation"
    /// The layer's name.
    public let name: String
    /// Keras's name of the class: `RandomFlip`.
    public let className: String
    /// The hyper-parameters as the file has them that the layer was read from, as JSON; nobody reads them here,
    /// but a file that is written of the network has them again.
    public let configuration: String?

    /// A layer of a class among ``classNames``.
    public init(_ name: String, className: String, configuration: String? = nil) {
        self.name = name
        self.className = className
        self.configuration = configuration
    }

    /// The input's shape.
    public func outputShape(for inputs: [Shape]) throws(LayerError) -> Shape {
        guard Self.classNames.contains(className) else {
            throw .hyperparameter(
                layer: name, className: className, name: "class",
                expected: "one of \(Self.classNames.sorted().joined(separator: ", "))", found: className)
        }
        return try onlyInput(inputs)
    }

    /// Nothing.
    public func lower(_ inputs: [ValueID], into graph: inout OperationGraph) -> ValueID { inputs[0] }
}
