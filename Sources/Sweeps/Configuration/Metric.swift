/// A number by which trials are compared.
public struct Metric: Sendable, Equatable {
    /// Which way is better.
    public enum Goal: String, Sendable, CaseIterable {
        case minimize, maximize
    }

    /// What it is called: a column of `metrics.csv`, or a name of ``atTheEnd``.
    public var name: String
    /// Which way is better.
    public var goal: Goal

    /// The number that is good enough: no trial begins once one has come as far; nil for none.
    public var target: Double?

    /// A metric.
    public init(name: String, goal: Goal, target: Double? = nil) {
        self.name = name
        self.goal = goal
        self.target = target
    }

    /// The number with the sign that makes less better.
    public func cost(_ value: Double) -> Double { goal == .minimize ? value : -value }

    /// Whether a number is as good as the target.
    func isReached(by value: Double) -> Bool { target.map { cost(value) <= cost($0) } ?? false }

    /// What is known after every epoch, and may decide whether a trial goes on.
    public static let byEpoch = [
        "val_loss", "val_accuracy", "val_balanced_accuracy", "val_f1_macro", "loss", "accuracy",
    ]
    /// What is known when a trial is over: its test pictures' scores, its cost.
    public static let atTheEnd = [
        "test_accuracy", "test_balanced_accuracy", "test_f1_macro", "test_roc_auc_macro_ovr", "test_log_loss",
        "seconds", "epochs", "parameter_count",
    ]

    /// What someone who names no goal means.
    static func usualGoal(of name: String) -> Goal {
        ["accuracy", "f1", "auc"].contains { name.contains($0) } ? .maximize : .minimize
    }
}
