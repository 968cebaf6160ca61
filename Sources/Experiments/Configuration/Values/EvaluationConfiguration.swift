/// The section `evaluation`: what becomes of a trained network's predictions.
public struct EvaluationConfiguration: Sendable, Equatable {
    /// Whether a temperature is fitted to the validation pictures once the network is trained, which all probabilities
    /// are then given at (Guo et al. 2017).
    public var temperatureScaling: Bool

    /// An evaluation section with the defaults of the YAML file.
    public init(temperatureScaling: Bool = false) { self.temperatureScaling = temperatureScaling }
}
