/// The trials of a sweep, as drawings and tables show them.
public struct SweepHistory: Sendable, Equatable {
    /// What was varied.
    public struct Parameter: Sendable, Equatable {
        /// The name that tells it from the others.
        public var name: String
        /// A shorter one, for where there is little room.
        public var title: String
        /// Whether its numbers are drawn on a logarithmic axis.
        public var isLogarithmic: Bool
        /// The values that its numbers count; empty where it is a number itself.
        public var choices: [String]

        /// A parameter.
        /// - Parameter title: the shorter name; the name if not given.
        public init(name: String, title: String? = nil, isLogarithmic: Bool = false, choices: [String] = []) {
            self.name = name
            self.title = title ?? name
            self.isLogarithmic = isLogarithmic
            self.choices = choices
        }
    }

    /// What trials are compared by.
    public struct Metric: Sendable, Equatable {
        /// Its name.
        public var name: String
        /// Whether more is better.
        public var isMaximized: Bool

        /// A metric.
        public init(name: String, isMaximized: Bool) {
            self.name = name
            self.isMaximized = isMaximized
        }
    }

    /// One try.
    public struct Trial: Sendable, Equatable {
        /// Counted from 1.
        public var number: Int
        /// A word: `finished`, `stopped`, `failed`, `running`, `waiting`.
        public var state: String
        /// The parameters' numbers, in their order; nil where one is not there.
        public var settings: [Double?]
        /// The metrics, in their order; nil where one is not known.
        public var values: [Double?]
        /// The first metric after each epoch; nil where there is none.
        public var curve: [Double?]
        /// How long it took.
        public var seconds: Double?
        /// What went wrong.
        public var error: String?

        /// A trial.
        public init(
            number: Int, state: String, settings: [Double?], values: [Double?], curve: [Double?] = [],
            seconds: Double? = nil, error: String? = nil
        ) {
            self.number = number
            self.state = state
            self.settings = settings
            self.values = values
            self.curve = curve
            self.seconds = seconds
            self.error = error
        }

        /// The name of its run's folder.
        package var folder: String {
            let digits = String(number)
            return "trial-" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
        }
    }

    /// The sweep's name.
    public var name: String
    /// What was varied.
    public var parameters: [Parameter]
    /// What trials are compared by, the most important one first.
    public var metrics: [Metric]
    /// The trials in the order in which they began.
    public var trials: [Trial]

    /// A history.
    public init(name: String, parameters: [Parameter], metrics: [Metric], trials: [Trial]) {
        self.name = name
        self.parameters = parameters
        self.metrics = metrics
        self.trials = trials
    }

    /// The trials that came to their end with a number for the first metric.
    var finished: [(trial: Trial, value: Double)] {
        trials.compactMap { trial in
            guard trial.state == "finished", let value = trial.values.first ?? nil, value.isFinite else {
                return nil
            }
            return (trial, value)
        }
    }

    /// Whether one value of a metric is better than another.
    func isBetter(_ one: Double, _ other: Double, metric: Int = 0) -> Bool {
        metrics[metric].isMaximized ? one > other : one < other
    }

    /// The best finished trial by the first metric; where that is equal, by the next.
    package var best: Trial? {
        finished.map(\.trial).reduce(nil as Trial?) { best, next in
            best.map { isBetter(next, $0) ? next : $0 } ?? next
        }
    }

    private func isBetter(_ one: Trial, _ other: Trial) -> Bool {
        for (index, pair) in zip(one.values, other.values).enumerated() {
            // What is not known is worse than anything.
            guard let value = pair.0, !value.isNaN else { return false }
            guard let least = pair.1, !least.isNaN else { return true }
            if value != least { return isBetter(value, least, metric: index) }
        }
        return false
    }

    /// A setting as people read it.
    func text(_ number: Double?, of parameter: Parameter) -> String {
        guard let number else { return "" }
        return parameter.choices.isEmpty
            ? NumberText.short(number)
            : parameter.choices.indices.contains(Int(number)) ? parameter.choices[Int(number)] : ""
    }
}
