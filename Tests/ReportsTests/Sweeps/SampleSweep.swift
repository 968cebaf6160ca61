import Reports

/// Sweeps as reports see them.
enum SampleSweep {
    /// Trials with two numbers, a choice and two metrics; the third failed, the fourth was stopped early.
    static func make(_ count: Int, metrics: Int = 2) -> SweepHistory {
        SweepHistory(
            name: "a <sweep> & more",
            parameters: [
                .init(name: "rate", isLogarithmic: true), .init(name: "l2"),
                .init(name: "freeze", choices: ["none", "a, \"b\"", "block_4"]),
            ],
            metrics: Array(
                [
                    SweepHistory.Metric(name: "val_accuracy", isMaximized: true),
                    SweepHistory.Metric(name: "seconds", isMaximized: false),
                ].prefix(metrics)),
            trials: (1...count).map { trial($0, metrics) })
    }

    private static func trial(_ number: Int, _ metrics: Int) -> SweepHistory.Trial {
        let x = Double(number * 7 % 11)
        let settings: [Double?] = [0.0001 * (1 + x), number == 5 ? nil : 0.1 * x, Double(number % 3)]
        guard number != 3 else {
            return .init(
                number: 3, state: "failed", settings: settings, values: Array(repeating: nil, count: metrics),
                error: "no <such> file,\nor \"none\"")
        }
        let value = 0.9 - 0.01 * (x - 4) * (x - 4)
        return .init(
            number: number, state: number == 4 ? "stopped" : "finished", settings: settings,
            values: Array([value, 10 + x].prefix(metrics)), curve: [value - 0.2, nil, value], seconds: 10 + x)
    }
}
