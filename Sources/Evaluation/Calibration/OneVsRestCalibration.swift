/// Whether the probabilities of classes that are told each by itself mean what they say, class by class.
public struct OneVsRestCalibration: Sendable, Equatable {
    /// One class.
    public struct ClassCalibration: Sendable, Equatable {
        /// The class's name.
        public let name: String
        /// Of its probabilities.
        public let calibration: Calibration
    }

    /// The classes, in their order.
    public let classes: [ClassCalibration]
    /// Of all decisions together, one a sample and class.
    public let microAverage: Calibration

    /// The calibration of some predictions.
    public init(_ predictions: MultiLabelPredictions, bins: Int = 10) {
        classes = predictions.classNames.enumerated().map { index, name in
            ClassCalibration(
                name: name, calibration: Calibration(predictions.decisions(class: index), bins: bins))
        }
        microAverage = Calibration(predictions, bins: bins)
    }
}
