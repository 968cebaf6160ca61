import Training

private enum SolverName: String, CaseIterable {
    case logisticRegression = "logistic_regression"
    case ridge
    case lda
    case knn
}

extension Field<HeadSolver> {
    /// A name, or a mapping with the name and scikit-learn's settings.
    static var solver: Field {
        Field<HeadSolver?>.section(
            "a solver: its name, or a mapping with its name and its settings", orJust: "name"
        ) {
            HeadSolver(reading: &$0)
        }.unwrapped(placeholder: .ridge(RidgeClassifier()))
    }
}

extension Field {
    /// The value, where there is one.
    fileprivate func unwrapped<Wrapped>(placeholder: Wrapped) -> Field<Wrapped> where Value == Wrapped? {
        Field<Wrapped>(expected, placeholder: placeholder) { read($0) ?? nil }
    }
}

extension HeadSolver {
    fileprivate init?(reading section: inout Section) {
        let name = Field<SolverName>.choice.checked { name in
            name == .knn
                ? "knn compares with all training pictures, so that it is no layer of a network that a run could "
                    + "keep; 'graft baseline' judges it"
                : nil
        }
        switch section.decisive("name", as: name) {
        case .logisticRegression:
            let usual = LogisticRegression()
            self = .logisticRegression(
                LogisticRegression(
                    C: section.optional("C", as: .number(.positive), default: usual.C),
                    tol: section.optional("tol", as: .number(.positive), default: usual.tol),
                    maxIter: section.optional("max_iter", as: .whole(1...1_000_000), default: usual.maxIter)))
        case .ridge:
            self = .ridge(
                RidgeClassifier(alpha: section.optional("alpha", as: .number(.positive), default: 1)))
        case .lda: self = .lda(LinearDiscriminantAnalysis(reading: &section))
        case .knn, nil: return nil
        }
    }

    var node: YAMLNode {
        switch self {
        case .logisticRegression(let solver):
            .section([
                "name": .text(name), "C": .plain(solver.C), "tol": .plain(solver.tol),
                "max_iter": .plain(solver.maxIter),
            ])
        case .ridge(let solver): .section(["name": .text(name), "alpha": .plain(solver.alpha)])
        case .lda(let solver):
            .section([
                "name": .text(name), "solver": .text(solver.solver.rawValue),
                "shrinkage": solver.solver == .lsqr ? solver.shrinkage.node : nil,
                "tol": solver.solver == .svd ? .plain(solver.tol) : nil,
            ])
        case .knn(let solver):
            .section([
                "name": .text(name), "n_neighbors": .plain(solver.neighbors),
                "weights": .text(solver.weights.rawValue),
            ])
        }
    }
}

extension LinearDiscriminantAnalysis {
    /// Where nothing else is said, it is as scikit-learn's defaults have it; a shrinkage asks for `lsqr`.
    fileprivate init(reading section: inout Section) {
        let shrinkage = section.optional("shrinkage", as: .shrinkage)
        let solver = section.optional("solver", as: .choice, default: shrinkage == nil ? Solver.svd : .lsqr)
        let usual = LinearDiscriminantAnalysis()
        self.init(
            solver: solver, shrinkage: shrinkage ?? usual.shrinkage,
            tol: section.optional("tol", as: .number(.positive), default: usual.tol))
        if solver == .svd, shrinkage != nil {
            section["shrinkage"]?.reportContradiction("the solver svd does not shrink; expected solver: lsqr")
        }
        if solver == .lsqr {
            section["tol"]?.reportContradiction("the solver lsqr leaves nothing out; expected solver: svd")
        }
    }
}

extension Field<LinearDiscriminantAnalysis.Shrinkage> {
    /// A share, or `auto`.
    fileprivate static var shrinkage: Field {
        let expected = "'auto', or a number from 0 to 1"
        return .scalar(expected, placeholder: .auto) { scalar in
            if scalar.text == "auto" { return .value(.auto) }
            guard let share = scalar.number(Double.self) else { return .wrongType() }
            return (0...1).contains(share) ? .value(.share(share)) : .outOfRange()
        }
    }
}

extension LinearDiscriminantAnalysis.Shrinkage {
    fileprivate var node: YAMLNode {
        switch self {
        case .auto: .text("auto")
        case .share(let share): .plain(share)
        }
    }
}
