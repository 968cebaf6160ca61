import Foundation
import TestSupport
import Tensors
import Testing

@testable import Training

/// The closed-form heads against scikit-learn; see `Tests/Fixtures/heads/make.py`.
@Suite struct ClosedFormTests {
    struct Case: Decodable {
        var classes: Int
        var features: [[Double]]
        var labels: [Int]
        var queries: [[Double]]
        var mean: [Double]
        var scale: [Double]
        var logisticRegression: [String: [[Double]]]
        var converges: [String: Bool]
        var ridge: [String: [[Double]]]
        var lda: [String: [[Double]]]
        var knn: [String: [[Double]]]

        var samples: Matrix { Case.matrix(features) }
        var asked: Matrix { Case.matrix(queries) }

        static func matrix(_ rows: [[Double]]) -> Matrix {
            Matrix(rows: rows.count, columns: rows[0].count, rows.flatMap(\.self))
        }
    }

    private static func cases() throws -> [Case] {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return try decoder.decode([Case].self, from: Data(contentsOf: Fixtures.url("heads/heads.json")))
    }

    private static func difference(_ found: Matrix, _ expected: [[Double]]) -> Double {
        let expected = expected.flatMap(\.self)
        guard found.elements.count == expected.count else { return .infinity }
        return zip(found.elements, expected).map { abs($0 - $1) }.max() ?? 0
    }

    @Test func `Features are standardized as by StandardScaler`() throws {
        for fixture in try Self.cases() {
            let standardizer = Standardizer(fixture.samples)
            for (found, expected) in [(standardizer.mean, fixture.mean), (standardizer.scale, fixture.scale)]
            {
                #expect(zip(found, expected).allSatisfy { abs($0 - $1) < 1e-12 })
            }
        }
    }

    @Test func `Logistic regression gives scikit-learn's probabilities`() throws {
        for (number, fixture) in try Self.cases().enumerated() {
            for (text, expected) in fixture.logisticRegression {
                let solver = LogisticRegression(C: Double(text)!, tol: 1e-9)
                let model = solver.fit(fixture.samples, fixture.labels, classes: fixture.classes)
                let difference = Self.difference(model.probabilities(fixture.asked), expected)
                #expect(difference < 1e-5, "case \(number), C = \(text)")
            }
        }
    }

    @Test func `A logistic regression warns where scikit-learn warns that it has not converged`() throws {
        for (number, fixture) in try Self.cases().enumerated() {
            for (text, converges) in fixture.converges {
                let solver = LogisticRegression(tol: 1e-5, maxIter: Int(text)!)
                var warning: ConvergenceWarning?
                _ = solver.fit(fixture.samples, fixture.labels, classes: fixture.classes) { warning = $0 }
                #expect((warning == nil) == converges, "case \(number), max_iter = \(text)")
                guard let warning else { continue }
                #expect(warning.iterations == solver.maxIter && warning.gradient > solver.tol)
                #expect("\(warning)".contains("after \(text) steps"))
                #expect("\(warning)".contains("raise max_iter (\(text))"))
            }
        }
    }

    @Test func `Ridge gives scikit-learn's decisions`() throws {
        for (number, fixture) in try Self.cases().enumerated() {
            for (text, expected) in fixture.ridge {
                let model = try RidgeClassifier(alpha: Double(text)!)
                    .fit(fixture.samples, fixture.labels, classes: fixture.classes)
                let scores = model.decision(fixture.asked)
                let found =
                    fixture.classes == 2
                    ? Matrix(rows: scores.rows, columns: 1, (0..<scores.rows).map { scores[$0, 1] }) : scores
                #expect(Self.difference(found, expected) < 1e-9, "case \(number), alpha = \(text)")
            }
        }
    }

    @Test func `Discriminant analysis gives scikit-learn's probabilities by both solvers`() throws {
        for (number, fixture) in try Self.cases().enumerated() {
            for (text, expected) in fixture.lda {
                let words = text.split(separator: " ")
                let share = words.count > 1 ? Double(words[1]) : 0
                let solver = LinearDiscriminantAnalysis(
                    solver: .init(rawValue: String(words[0]))!, shrinkage: share.map { .share($0) } ?? .auto)
                let model = try solver.fit(fixture.samples, fixture.labels, classes: fixture.classes)
                let difference = Self.difference(model.probabilities(fixture.asked), expected)
                #expect(difference < 1e-6, "case \(number), \(text)")
            }
        }
    }

    @Test func `A shrinkage that the samples choose is among what is compared with scikit-learn`() throws {
        #expect(try Self.cases().allSatisfy { $0.lda["lsqr auto"] != nil })
    }

    @Test func `Nearest neighbours have scikit-learn's shares`() throws {
        for (number, fixture) in try Self.cases().enumerated() {
            for (text, expected) in fixture.knn {
                let words = text.split(separator: " ")
                let solver = NearestNeighbors(
                    neighbors: Int(words[0])!, weights: .init(rawValue: String(words[1]))!)
                let found = solver.probabilities(
                    of: fixture.asked, among: fixture.samples, fixture.labels, classes: fixture.classes)
                #expect(Self.difference(found, expected) < 1e-9, "case \(number), \(text)")
            }
        }
    }

    @Test func `A neighbour at no distance is the only one that counts`() {
        let samples = Matrix(rows: 3, columns: 1, [0, 1, 1])
        let found = NearestNeighbors(neighbors: 3, weights: .distance)
            .probabilities(of: Matrix(rows: 1, columns: 1, [1]), among: samples, [0, 1, 2], classes: 3)
        #expect(found.elements == [0, 0.5, 0.5])
    }

    @Test func `With more features than samples, both systems of ridge's equations agree`() throws {
        let fixture = try Self.cases()[0]
        let few = fixture.samples.rows(0..<6)
        let labels = [0, 1, 2, 0, 1, 2]
        let wide = try RidgeClassifier(alpha: 0.5).fit(few.rows(0..<5), Array(labels.prefix(5)), classes: 3)
        // Samples that are repeated with half the weight each are the same samples.
        let twice = Matrix(rows: 10, columns: 6, few.rows(0..<5).elements + few.rows(0..<5).elements)
        let tall = try RidgeClassifier(alpha: 1)
            .fit(twice, Array(labels.prefix(5) + labels.prefix(5)), classes: 3)
        #expect(zip(wide.kernel.elements, tall.kernel.elements).allSatisfy { abs($0 - $1) < 1e-10 })
    }

    @Test func `A classifier of standardized features is one of the features themselves`() throws {
        let fixture = try Self.cases()[0]
        let standardizer = Standardizer(fixture.samples)
        let model = LogisticRegression().fit(
            standardizer(fixture.samples), fixture.labels, classes: fixture.classes)
        let expected = model.probabilities(standardizer(fixture.asked))
        let found = model.unstandardized(by: standardizer).probabilities(fixture.asked)
        #expect(zip(found.elements, expected.elements).allSatisfy { abs($0 - $1) < 1e-12 })
    }

    @Test func `What has no solution is told`() throws {
        let same = Matrix(rows: 4, columns: 2, [1, 1, 2, 2, 3, 3, 4, 4])
        #expect(throws: ClosedFormError.notPositiveDefinite(solver: "lda")) {
            try LinearDiscriminantAnalysis(solver: .lsqr).fit(same, [0, 1, 0, 1], classes: 2)
        }
        #expect(throws: ClosedFormError.emptyClass(2, solver: "lda")) {
            try LinearDiscriminantAnalysis().fit(same, [0, 1, 0, 1], classes: 3)
        }
        #expect(throws: ClosedFormError.notPositiveDefinite(solver: "ridge")) {
            try RidgeClassifier(alpha: 0).fit(same, [0, 1, 0, 1], classes: 2)
        }
    }
}
