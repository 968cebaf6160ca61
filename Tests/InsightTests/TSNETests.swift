import Tensors
import Testing

@testable import Insight

@Suite struct TSNETests {
    @Test func `The samples' affinities are scikit-learn's`() throws {
        let given = try EmbeddingFixture.load().tsne
        let distances = SquaredDistances(Matrix(given.samples)).rows(0..<given.samples.count)
        let affinities = Affinities(distances: distances, perplexity: given.perplexity)
        #expect(abs(affinities.joint.reduce(0) { $0 + Double($1) } - 1) < 1e-6)
        for (row, expected) in zip(given.rows, given.joint) {
            let found = affinities.joint[row * affinities.count..<(row + 1) * affinities.count]
            #expect(zip(found, expected).allSatisfy { abs(Double($0) - $1) < 1e-8 })
        }
    }

    @Test func `The map is as true to the samples as scikit-learn's, and the same every time`() throws {
        let given = try EmbeddingFixture.load().tsne
        let samples = Matrix(given.samples)
        var seen: [Int] = []
        let result = try TSNE(perplexity: given.perplexity).map(of: samples) { done, total in
            seen.append(done)
            #expect(total == 1000)
        }
        #expect(seen == Array(1...result.steps))
        #expect(abs(result.divergence / given.divergence - 1) < 0.03, "\(result.divergence)")
        let trust = trustworthiness(of: result.points, for: samples)
        #expect(trust > given.trustworthiness - 0.005, "\(trust)")
        let few = TSNE(perplexity: given.perplexity, steps: 60)
        #expect(try few.map(of: samples) == few.map(of: samples))
    }

    @Test func `A map's trustworthiness is scikit-learn's`() throws {
        let given = try EmbeddingFixture.load().tsne
        let found = trustworthiness(of: Matrix(given.places), for: Matrix(given.samples))
        #expect(abs(found - given.trustworthiness) < 1e-9)
    }

    @Test func `The gradient is that of finite differences, also over several blocks`() throws {
        let count = 530
        var random = SeededRandom(seed: 4)
        let samples = Matrix(
            rows: count, columns: 3, (0..<count * 3).map { _ in Double(random.normal()) })
        let forces = TSNEForces(
            Affinities(distances: SquaredDistances(samples).rows(0..<samples.rows), perplexity: 20))
        let (x, y) = (
            (0..<count).map { _ in 5 * random.normal() }, (0..<count).map { _ in 5 * random.normal() }
        )
        let gradient = forces.gradient(x, y, exaggeration: 1)
        for point in [3, 511, 512, 529] {
            let ends = [Float(-0.05), 0.05].map { step in
                var moved = x
                moved[point] += step
                return forces.divergence(moved, y, exaggeration: 1)
            }
            let slope = Float((ends[1] - ends[0]) / 0.1)
            #expect(abs(slope - gradient.x[point]) < 0.02 * abs(slope) + 1e-6)
        }
    }

    @Test func `Samples that are all equal get a map, and a perplexity must be below their number`() throws {
        let same = Matrix(zeros: 12, 3)
        let result = try TSNE(perplexity: 3, steps: 20).map(of: same)
        #expect(result.points.elements.allSatisfy { $0.isFinite })
        #expect(throws: InsightError.perplexity(30, samples: 12)) { try TSNE().map(of: same) }
    }
}
