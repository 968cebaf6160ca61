/// What a file's configuration says of a model.
public struct ModelOutline: Sendable, Encodable {
    /// The model's name.
    public let name: String
    /// `Sequential`, `Functional`, or `Model` in older files.
    public let className: String
    /// How many layers it has, with those of models in it.
    public let layerCount: Int
    /// The input layers' names.
    public let inputs: [String]
    /// The names of the layers that make the outputs.
    public let outputs: [String]
    /// The layers that cannot be taken over, by class and reason.
    public let unsupported: [UnsupportedLayer]
    /// What is passed over, in sentences.
    public let notes: [String]
}
