import Foundation

/// That a fit ended before it was at the minimum, as scikit-learn's `ConvergenceWarning` tells.
public struct ConvergenceWarning: Sendable, Equatable, CustomStringConvertible {
    /// The solver's name.
    public let solver: String
    /// How many steps were taken.
    public let iterations: Int
    /// How many there could have been.
    public let maxIter: Int
    /// The greatest element of the gradient, which ought to be no greater than `tol`.
    public let gradient: Double
    /// What the gradient was to come to.
    public let tol: Double

    /// What happened and what can be done, as a sentence.
    public var description: String {
        let found = String(format: "%.2g", gradient)
        let state =
            "\(solver) has not converged: after \(iterations) \(iterations == 1 ? "step" : "steps") of L-BFGS "
            + "the gradient's greatest element is \(found), above tol = \(tol)"
        return iterations >= maxIter
            ? "\(state); raise max_iter (\(maxIter)), or regularize more by a smaller C"
            : "\(state), and no step leads further down; raise tol, or regularize more by a smaller C"
    }
}
