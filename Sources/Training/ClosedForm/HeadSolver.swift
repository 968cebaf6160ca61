import Tensors

/// A head that is worked out from features at once, without training, with scikit-learn's settings.
public enum HeadSolver: Sendable, Equatable {
    /// See ``LogisticRegression``.
    case logisticRegression(LogisticRegression)
    /// See ``RidgeClassifier``.
    case ridge(RidgeClassifier)
    /// See ``LinearDiscriminantAnalysis``.
    case lda(LinearDiscriminantAnalysis)
    /// See ``NearestNeighbors``, which is no layer of a network.
    case knn(NearestNeighbors)

    /// The name of its kind: `logistic_regression`.
    public var name: String {
        switch self {
        case .logisticRegression: "logistic_regression"
        case .ridge: "ridge"
        case .lda: "lda"
        case .knn: "knn"
        }
    }

    /// The settings that matter, as scikit-learn calls them: `C=0.1`.
    public var settings: String {
        switch self {
        case .logisticRegression(let solver): "C=\(solver.C)"
        case .ridge(let solver): "alpha=\(solver.alpha)"
        case .lda(let solver):
            solver.solver == .svd ? "solver=svd" : "solver=lsqr shrinkage=\(solver.shrinkage)"
        case .knn(let solver): "n_neighbors=\(solver.neighbors) weights=\(solver.weights.rawValue)"
        }
    }

    /// Whether so many samples are as many neighbours as are asked for.
    public func suits(samples count: Int) -> Bool {
        if case .knn(let solver) = self { solver.neighbors <= count } else { true }
    }

    /// The kinds with the settings that are worth trying, each from the most regularized on.
    public static let candidates: [[HeadSolver]] = [
        [0.001, 0.01, 0.1, 1, 10].map { .logisticRegression(.init(C: $0, tol: 1e-4, maxIter: 300)) },
        [10_000, 1_000, 100, 10, 1].map { .ridge(.init(alpha: $0)) },
        ([0.9, 0.5, 0.2, 0.05, .auto] as [LinearDiscriminantAnalysis.Shrinkage]).map {
            .lda(.init(solver: .lsqr, shrinkage: $0))
        } + [.lda(.init())],
        [50, 20, 10, 5, 1].map { .knn(.init(neighbors: $0, weights: .distance)) },
    ]

    /// A classifier of features that are standardized by those that it learns from.
    /// - Parameters:
    ///   - samples: a row each.
    ///   - labels: their classes, each of which must be there.
    ///   - warn: hears where a fit ended before it had converged.
    /// - Returns: what gives probabilities `[N, K]` for features that are not standardized.
    /// - Throws: ``ClosedFormError``
    public func fit(
        _ samples: Matrix, _ labels: [Int], classes: Int, warn: (ConvergenceWarning) -> Void = { _ in }
    ) throws(ClosedFormError) -> FittedHead {
        let standardizer = Standardizer(samples)
        let standard = standardizer(samples)
        let linear: LinearClassifier
        switch self {
        case .knn(var solver):
            solver.neighbors = min(solver.neighbors, samples.rows)
            return .neighbors(solver, standardizer, standard, labels, classes: classes)
        case .logisticRegression(let solver):
            linear = solver.fit(standard, labels, classes: classes, warn: warn)
        case .ridge(let solver): linear = try solver.fit(standard, labels, classes: classes)
        case .lda(let solver): linear = try solver.fit(standard, labels, classes: classes)
        }
        return .linear(linear.unstandardized(by: standardizer))
    }
}

/// A head that was worked out.
public enum FittedHead: Sendable {
    /// One that is a dense layer with a softmax.
    case linear(LinearClassifier)
    /// One that compares with all that it learnt from.
    case neighbors(NearestNeighbors, Standardizer, Matrix, [Int], classes: Int)

    /// The probabilities of some features, `[N, K]`. Those of ridge are the softmax of its decisions.
    public func probabilities(_ samples: Matrix) -> Matrix {
        switch self {
        case .linear(let classifier): classifier.probabilities(samples)
        case .neighbors(let solver, let standardizer, let known, let labels, let classes):
            solver.probabilities(of: standardizer(samples), among: known, labels, classes: classes)
        }
    }
}
