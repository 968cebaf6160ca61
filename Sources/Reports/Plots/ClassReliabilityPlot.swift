import Evaluation

extension SVGDocument {
    /// A reliability diagram of classes that are told each by itself: how many of the samples of about the same
    /// probability are of the class, one curve a class and one of all decisions; the legend has the expected
    /// calibration errors.
    public static func reliabilityPlot(_ calibration: OneVsRestCalibration) -> SVGDocument {
        let errors = calibration.classes.map { "\($0.name) \($0.calibration.expectedError.fixed(3))" }
        return CurvesPlot(
            name: "graft-reliability", title: "Calibration",
            subtitle: "each class by itself · ECE: expected calibration error",
            description: "The share of samples that are of a class over the probability that they are given. "
                + "Expected calibration errors: " + errors.joined(separator: ", ") + ".",
            xAxis: .rate("probability"), yAxis: .rate("share that is of the class"),
            legend: calibration.classes.enumerated().map { index, item in
                .init(
                    style: CurveStyle(class: index), name: item.name,
                    value: item.calibration.expectedError.fixed(3), mayBeCut: true)
            } + [
                .init(
                    style: .micro, name: "all decisions",
                    value: calibration.microAverage.expectedError.fixed(3), beginsGroup: true),
                .init(style: .chance, name: "perfect", value: "0.000"),
            ], valueName: "ECE",
            backdrop: [.init(hint: "perfect", style: .chance, xs: [0, 1], ys: [0, 1])],
            curves: calibration.classes.enumerated().map { index, item in
                curve(item.calibration, item.name, CurveStyle(class: index))
            } + [curve(calibration.microAverage, "all decisions", .micro)]
        ).document
    }

    private static func curve(
        _ calibration: Calibration, _ name: String, _ style: CurveStyle
    ) -> CurvesPlot.Curve {
        .init(
            hint: "\(name): ECE \(calibration.expectedError.fixed(3))", style: style,
            xs: calibration.bins.compactMap(\.confidence), ys: calibration.bins.compactMap(\.accuracy))
    }
}
