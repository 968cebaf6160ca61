import Foundation
import Tensors

/// Normal distributions with one covariance for all classes: scikit-learn's `LinearDiscriminantAnalysis`.
public struct LinearDiscriminantAnalysis: Sendable, Equatable {
    /// How the covariance is worked with.
    public enum Solver: String, Sendable, CaseIterable {
        /// In the directions in which samples vary, so that it may be singular.
        case svd
        /// By the equations that it is part of; it can be shrunk.
        case lsqr
    }

    /// How much of the covariance is replaced by its mean variance.
    public enum Shrinkage: Sendable, Equatable, ExpressibleByFloatLiteral, CustomStringConvertible {
        /// A share, 0 to 1.
        case share(Double)
        /// As much as the samples of each class ask for (Ledoit and Wolf).
        case auto

        /// A share.
        public init(floatLiteral value: Double) { self = .share(value) }

        /// As scikit-learn has it: `0.5`, `auto`.
        public var description: String {
            switch self {
            case .share(let share): "\(share)"
            case .auto: "auto"
            }
        }
    }

    /// How the covariance is worked with.
    public var solver: Solver
    /// How much of the covariance is replaced by its mean variance; for `lsqr`.
    public var shrinkage: Shrinkage
    /// Directions whose deviation is not greater are left out; for `svd`.
    public var tol: Double

    /// An analysis.
    public init(solver: Solver = .svd, shrinkage: Shrinkage = .share(0), tol: Double = 1e-4) {
        self.solver = solver
        self.shrinkage = shrinkage
        self.tol = tol
    }

    /// Fits to samples, a row each, and their classes, of which each must have samples.
    /// - Throws: ``ClosedFormError``
    public func fit(
        _ samples: Matrix, _ labels: [Int], classes: Int
    ) throws(ClosedFormError) -> LinearClassifier {
        let groups = ClassGroups(samples, labels, classes: classes)
        if let empty = groups.counts.firstIndex(of: 0) { throw .emptyClass(empty, solver: "lda") }
        if solver == .svd { return try bySingularValues(groups) }
        let covariance =
            switch shrinkage {
            case .share(let share): groups.covariance(shrunkBy: share)
            case .auto: groups.covarianceShrunkByClass(samples, labels)
            }
        return try byEquations(groups, covariance)
    }

    private func byEquations(
        _ groups: ClassGroups, _ shrunk: Matrix
    ) throws(ClosedFormError) -> LinearClassifier {
        guard let kernel = shrunk.symmetricSolution(of: groups.means.transposed) else {
            throw .notPositiveDefinite(solver: "lda")
        }
        let products = groups.means.times(kernel)
        let bias = groups.priors.enumerated().map { label, prior in log(prior) - 0.5 * products[label, label]
        }
        return LinearClassifier(kernel: kernel, bias: bias)
    }

    /// The singular values of centred samples are the roots of their covariance's eigenvalues; the covariance is
    /// the biased one, as in scikit-learn's newer versions.
    private func bySingularValues(_ groups: ClassGroups) throws(ClosedFormError) -> LinearClassifier {
        let (n, classes) = (Double(groups.count), groups.means.rows)
        let deviations = (0..<groups.within.rows).map { column in
            let deviation = (groups.within[column, column] / n).squareRoot()
            let size = (0..<classes).reduce(0) { max($0, abs(groups.means[$1, column])) }
            // What is left of equal numbers is rounding.
            return deviation <= 1e-13 * size ? 1 : deviation
        }
        let scaled = groups.within.map { row, column, value in
            value / (deviations[row] * deviations[column]) / n
        }
        guard let within = scaled.symmetricEigen() else { throw .notFinite(solver: "lda") }
        let rank = within.values.prefix { $0 > 0 && $0.squareRoot() > tol }.count
        // [D, rank]
        var scalings = within.vectors.rows(0..<rank).transposed.map { row, column, value in
            value / deviations[row] / within.values[column].squareRoot()
        }
        let centre = Matrix(rows: 1, columns: classes, groups.priors).times(groups.means).elements
        let centred = groups.means.map { _, column, value in value - centre[column] }
        let between = centred.map { row, _, value in
            value * (n * groups.priors[row] / Double(max(classes - 1, 1))).squareRoot()
        }.times(scalings)
        guard let across = between.times(between, transposed: true).symmetricEigen() else {
            throw .notFinite(solver: "lda")
        }
        let greatest = max(across.values.first ?? 0, 0).squareRoot()
        let directions = across.values.prefix { max($0, 0).squareRoot() > tol * greatest }.count
        scalings = scalings.times(across.vectors.rows(0..<directions), otherTransposed: true)
        let projected = centred.times(scalings)
        let kernel = scalings.times(projected, otherTransposed: true)
        let shift = Matrix(rows: 1, columns: centre.count, centre).times(kernel).elements
        let bias = (0..<classes).map { label in
            let square = projected.row(label).reduce(0) { $0 + $1 * $1 }
            return log(groups.priors[label]) - 0.5 * square - shift[label]
        }
        return LinearClassifier(kernel: kernel, bias: bias)
    }
}

/// The classes' means, and how samples are scattered about those of their own.
private struct ClassGroups {
    let count: Int
    let counts: [Int]
    let priors: [Double]
    /// `[K, D]`
    let means: Matrix
    /// The sum of the products of all samples' differences from their class's mean, `[D, D]`.
    let within: Matrix

    init(_ samples: Matrix, _ labels: [Int], classes: Int) {
        let truth = indicators(labels, classes: classes)
        let counts = truth.columnSums
        let means = truth.times(samples, transposed: true).map { row, _, value in value / max(counts[row], 1)
        }
        let centred = samples.map { row, column, value in value - means[labels[row], column] }
        count = labels.count
        self.counts = counts.map { Int($0) }
        priors = counts.map { $0 / Double(labels.count) }
        self.means = means
        within = centred.times(centred, transposed: true)
    }

    /// The covariance within classes, a share of it replaced by its mean variance.
    func covariance(shrunkBy share: Double) -> Matrix {
        let covariance = within.map { _, _, value in value / Double(count) }
        let variance = (0..<covariance.rows).reduce(0) { $0 + covariance[$1, $1] } / Double(covariance.rows)
        return covariance.map { row, column, value in
            (1 - share) * value + (row == column ? share * variance : 0)
        }
    }

    /// The mean of the classes' covariances, each shrunk by itself.
    func covarianceShrunkByClass(_ samples: Matrix, _ labels: [Int]) -> Matrix {
        var mean = [Double](repeating: 0, count: samples.columns * samples.columns)
        for (label, prior) in priors.enumerated() {
            let members = labels.indices.filter { labels[$0] == label }
            let own = Matrix(
                rows: members.count, columns: samples.columns, members.flatMap { Array(samples.row($0)) })
            let covariance = LedoitWolf.covariance(own)
            for index in mean.indices { mean[index] += prior * covariance.elements[index] }
        }
        return Matrix(rows: samples.columns, columns: samples.columns, mean)
    }
}
