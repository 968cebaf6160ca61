/// A temperature, and what it makes of the predictions that it was fitted to: those of validation, as test pictures are
/// there to judge with.
public struct FittedTemperature: Codable, Sendable, Equatable {
    /// A number without the temperature, and with it.
    public struct Change: Codable, Sendable, Equatable {
        /// Of the probabilities as the network gives them.
        public var before: Double
        /// Of those at the temperature.
        public var after: Double

        /// A change.
        public init(before: Double, after: Double) { (self.before, self.after) = (before, after) }
    }

    /// What logits are divided by; greater than 0.
    public var temperature: Double
    /// How many samples it was fitted to.
    public var samples: Int
    /// The mean negative log likelihood of those samples.
    public var logLoss: Change
    /// Their expected calibration error.
    public var expectedError: Change

    private enum CodingKeys: String, CodingKey {
        case temperature, samples
        case logLoss = "val_log_loss"
        case expectedError = "val_ece"
    }

    /// The temperature with the least log loss of some predictions.
    /// - Throws: ``EvaluationError/notAProbability(_:identifier:className:)``
    public init(fittedTo predictions: Predictions) throws(EvaluationError) {
        let scaling = try TemperatureScaling(fittedTo: predictions)
        let scaled = try scaling(predictions)
        temperature = scaling.temperature
        samples = predictions.rows.count
        logLoss = Change(before: try predictions.logLoss(), after: try scaled.logLoss())
        expectedError = Change(
            before: try Calibration(predictions).expectedError, after: try Calibration(scaled).expectedError)
    }

    /// The scaling of other predictions.
    public var scaling: TemperatureScaling { TemperatureScaling(temperature: temperature) }
}

extension Judgement {
    /// What is said at a temperature; the same without one, and of samples of several classes each, which have none.
    /// - Throws: ``EvaluationError/notAProbability(_:identifier:className:)``
    public func scaled(by scaling: TemperatureScaling?) throws(EvaluationError) -> Judgement {
        guard let scaling, case .single(let predictions) = self else { return self }
        return .single(try scaling(predictions))
    }
}
