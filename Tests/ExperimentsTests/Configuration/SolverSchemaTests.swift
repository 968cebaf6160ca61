import Datasets
import Testing
import Training

@testable import Experiments

@Suite struct SolverSchemaTests {
    /// A file without stages, with some keys of the head and some lines after it.
    private static func yaml(_ head: String, _ more: String = "") -> String {
        """
        name: solved
        data: {image_folder: pictures}
        model:
          architecture: mobilenet
          weights: none
          head: {\(head)}
        \(more)
        """
    }

    private func solver(_ text: String) throws -> HeadSolver? {
        try ConfigurationSamples.parsed(Self.yaml("solver: \(text)")).model.head.solver
    }

    @Test func `Solvers are read by scikit-learn's names and settings`() throws {
        #expect(try solver("logistic_regression") == .logisticRegression(LogisticRegression()))
        #expect(
            try solver("{name: logistic_regression, C: 0.1, tol: 0.001, max_iter: 7}")
                == .logisticRegression(LogisticRegression(C: 0.1, tol: 0.001, maxIter: 7)))
        #expect(try solver("{name: ridge, alpha: 10}") == .ridge(RidgeClassifier(alpha: 10)))
        #expect(try solver("lda") == .lda(LinearDiscriminantAnalysis()))
        #expect(
            try solver("{name: lda, shrinkage: auto}")
                == .lda(LinearDiscriminantAnalysis(solver: .lsqr, shrinkage: .auto)))
        #expect(
            try solver("{name: lda, solver: lsqr, shrinkage: 0.5}")
                == .lda(LinearDiscriminantAnalysis(solver: .lsqr, shrinkage: 0.5)))
    }

    @Test(arguments: [
        "logistic_regression", "{name: logistic_regression, C: 0.3, max_iter: 12}", "ridge", "lda",
        "{name: lda, shrinkage: auto}", "{name: lda, shrinkage: 0.25}",
    ])
    func `A head that is worked out is written and read back`(solver: String) throws {
        let configuration = try ConfigurationSamples.parsed(
            Self.yaml("solver: \(solver)", "training: {batch_size: 64}"))
        #expect(try ExperimentConfiguration.parse(configuration.yaml()) == configuration)
        let changed = try ConfigurationSamples.parsed(
            Self.yaml("solver: ridge"), ["model.head.solver.alpha=3"])
        #expect(changed.model.head.solver == .ridge(RidgeClassifier(alpha: 3)))
    }

    @Test(arguments: [
        ("knn", "model.head.solver: knn compares with all training pictures"),
        ("svm", "model.head.solver: expected one of logistic_regression, ridge, lda, knn"),
        ("{name: ridge, C: 1}", "model.head.solver.C: unknown key; the keys known here are name, alpha"),
        ("{name: ridge, alpha: 0}", "model.head.solver.alpha: expected a number greater than 0, found 0"),
        (
            "{name: lda, shrinkage: 2}",
            "model.head.solver.shrinkage: expected 'auto', or a number from 0 to 1"
        ),
        ("{name: lda, solver: svd, shrinkage: 0.1}", "model.head.solver.shrinkage: the solver svd does not"),
        ("{name: lda, solver: lsqr, tol: 0.1}", "model.head.solver.tol: the solver lsqr leaves nothing out"),
    ])
    func `A solver that makes no sense is an error with its place`(solver: String, message: String) {
        let errors = ConfigurationSamples.errors(Self.yaml("solver: \(solver)"))
        #expect(
            errors.count == 1 && errors[0].contains(message) && errors[0].contains("x.yaml:6:"), "\(errors)")
    }

    @Test(arguments: [
        ("training: {stages: [{epochs: 1, learning_rate: 0.1}]}", "training.stages"),
        ("training: {class_weight: balanced}", "training.class_weight"),
        ("training: {baseline: from_scratch}", "training.baseline"),
        ("training: {loss: categorical_focal_crossentropy}", "training.loss"),
        ("regularization: {l2: 0.1}", "regularization.l2"),
        ("regularization: {ema: {decay: 0.9}}", "regularization.ema"),
        ("regularization: {swa: {start_epoch: 2}}", "regularization.swa"),
        ("regularization: {weight_decay: 0.1}", "regularization.weight_decay"),
        ("regularization: {label_smoothing: 0.1}", "regularization.label_smoothing"),
        ("regularization: {clip_norm: 1}", "regularization.clip_norm"),
        ("regularization: {dropout: 0.1}", "regularization.dropout"),
        ("regularization: {stochastic_depth: 0.1}", "regularization.stochastic_depth"),
        ("regularization: {mixup: 0.1}", "regularization.mixup"),
        ("regularization: {random_erasing: 0.1}", "regularization.random_erasing"),
        ("regularization: {early_stopping: {}}", "regularization.early_stopping"),
    ])
    func `What only training follows is refused at its line`(more: String, path: String) {
        let errors = ConfigurationSamples.errors(Self.yaml("solver: lda", more))
        let expected = "\(path): model.head.solver works the head out at once, by lda"
        #expect(
            errors.count == 1 && errors[0].contains(expected) && errors[0].contains("x.yaml:7:"), "\(errors)")
        // Said as it is by default, it does not matter.
        #expect(ConfigurationSamples.errors(Self.yaml("solver: lda", "regularization: {l2: 0}")).isEmpty)
    }

    @Test func `Augmentation needs a number of views, and other layers of the head are refused`() {
        func errors(_ data: String, _ more: String = "") -> [String] {
            ConfigurationSamples.errors(
                Self.yaml("solver: ridge", more).replacing("pictures}", with: "pictures, \(data)}"))
        }
        let augmented = "augmentation: {rotation: 5}"
        #expect(errors(augmented).count == 1 && errors(augmented)[0].contains("x.yaml:2:"))
        #expect(errors(augmented)[0].contains("cached_views"))
        #expect(errors(augmented, "training: {feature_cache: {cached_views: 3}}").isEmpty)
        for head in ["dense: [8]", "dropout: 0.5"] {
            let errors = ConfigurationSamples.errors(Self.yaml("solver: ridge, \(head)"))
            #expect(errors.count == 1 && errors[0].contains("model.head.d"), "\(errors)")
        }
    }

    @Test func `Without a solver, stages must be there`() {
        let errors = ConfigurationSamples.errors(Self.yaml("dropout: 0", "training: {stages: []}"))
        #expect(errors.count == 1 && errors[0].contains("expected a list of at least one stage"), "\(errors)")
        #expect(ConfigurationSamples.errors(Self.yaml("dropout: 0"))[0].contains("training"))
    }
}
