import Experiments

/// A sweep as its YAML file describes it: an experiment, what is varied in it, and how.
public struct SweepConfiguration: Sendable, Equatable {
    /// The sweep's name, which names its folders.
    public var name: String
    /// What the sweep is for.
    public var description: String?
    /// How the next trial is chosen.
    public var method: SearchMethod
    /// What trials are compared by; more than one asks for the Pareto front.
    public var metrics: [Metric]
    /// What is varied.
    public var space: SearchSpace
    /// When a trial ends before its last epoch; nil for never.
    public var earlyTermination: EarlyTermination?
    /// How many trials there are at most; nil for no limit.
    public var runCap: Int?
    /// What the sampler's random numbers are drawn from.
    public var seed: UInt64
    /// The PostgreSQL server that keeps the state, `postgresql://…`; nil for a file in the sweep's folder.
    public var storage: String?
    /// Who runs the workers.
    public var executor: ExecutorSettings
    /// How many trials a worker trains together, at most, where they differ in their heads' training alone.
    public var batchLimit: Int
    /// Which trials' weights are kept.
    public var keptWeights: KeptWeights
    /// The experiment that trials are made from.
    package var experiment: YAMLNode
    /// The document that the sweep was read from.
    package var document: YAMLNode

    /// The sweep as YAML, its experiment within it.
    /// - Throws: ``ConfigurationError/emission(_:)``
    public func yaml() throws(ConfigurationError) -> String { try withExperiment.yaml() }

    /// Whether two sweeps would try the same, but for what they are described as, the number of trials, what is kept of
    /// them, and who runs the workers.
    public func isSame(as other: SweepConfiguration) -> Bool {
        withExperiment.without(Self.changeable)
            .hasSameValue(as: other.withExperiment.without(Self.changeable))
    }

    private static let changeable: Set = [
        "description", "run_cap", "executor", "keep_weights", "batch_trials",
    ]

    private var withExperiment: YAMLNode {
        var result = document
        result.content = .mapping(
            (document.entries ?? []).map { entry in
                var entry = entry
                if entry.key == "experiment" { entry.value = experiment }
                return entry
            })
        return result
    }

    /// The experiment of a trial.
    /// - Throws: ``ConfigurationError``, which names where the sweep gives a value that the experiment cannot take.
    public func experiment(with assignment: Assignment) throws(ConfigurationError) -> ExperimentConfiguration
    {
        var document = experiment
        for parameter in space.parameters {
            guard let number = assignment[parameter.path] else { continue }
            document = try Override(
                parameter.node(number), at: parameter.path, place: parameter.place
            ).applied(to: document)
        }
        return try .read(document)
    }

    /// The sampler.
    public var sampler: any Sampler {
        switch method {
        case .grid: GridSampler()
        case .random: RandomSampler(seed: seed)
        case .sobol(let scrambled): SobolSampler(seed: seed, scrambled: scrambled)
        case .tpe(let settings): TPESampler(seed: seed, settings)
        case .gaussianProcess(let settings): GaussianProcessSampler(seed: seed, settings)
        }
    }

    /// How many trials there will be; nil where there is no end.
    public var trialCount: Int? {
        // Only a grid ever runs out of trials.
        guard case .grid = method, let count = space.trialCount else { return runCap }
        return min(count, runCap ?? count)
    }
}

extension SearchMethod {
    /// How many trials are begun together where nothing else is said: those that learn from earlier ones should not
    /// begin too many without.
    var usualBatchLimit: Int {
        switch self {
        case .grid, .random, .sobol: 16
        case .tpe, .gaussianProcess: 4
        }
    }
}

/// How the next trial is chosen.
public enum SearchMethod: Sendable, Equatable {
    /// Every combination once.
    case grid
    /// Drawn at random.
    case random
    /// Sobol's sequence.
    case sobol(scrambled: Bool)
    /// A tree of Parzen estimators.
    case tpe(TPESampler.Settings)
    /// A Gaussian process with expected improvement.
    case gaussianProcess(GaussianProcessSampler.Settings)
}

extension YAMLNode {
    fileprivate func without(_ keys: Set<String>) -> YAMLNode {
        YAMLNode(content: .mapping((entries ?? []).filter { !keys.contains($0.key) }), place: place)
    }
}
