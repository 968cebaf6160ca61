import Tensors
import Testing

@testable import Insight

@Suite struct BarnesHutTests {
    private static func cloud(_ count: Int, seed: UInt64) -> (x: [Float], y: [Float]) {
        var random = SeededRandom(seed: seed)
        return ((0..<count).map { _ in 5 * random.normal() }, (0..<count).map { _ in 5 * random.normal() })
    }

    @Test func `Points that went astray end in no crash`() {
        for stray in [Float.nan, .infinity, -.infinity, .greatestFiniteMagnitude] {
            let tree = QuadTree([0, stray, 1], [0, 1, stray], angle: 0.5)
            #expect(tree.order.sorted() == [0, 1, 2])
        }
    }

    @Test func `Neighbours' affinities are scikit-learn's`() throws {
        let given = try EmbeddingFixture.load().tsne
        let affinities = NeighbourAffinities(of: Matrix(given.samples), perplexity: given.perplexity) { _ in }
        #expect(abs(affinities.joint.reduce(0) { $0 + Double($1) } - 1) < 1e-6)
        for (row, expected) in zip(given.rows, given.barnes_hut.joint) {
            var found = [Double](repeating: 0, count: given.samples.count)
            for pair in affinities.starts[row]..<affinities.starts[row + 1] {
                found[affinities.others[pair]] = Double(affinities.joint[pair])
            }
            #expect(zip(found, expected).allSatisfy { abs($0 - $1) < 1e-8 })
        }
    }

    @Test func `The map is as true to the samples as scikit-learn's, and the same every time`() throws {
        let given = try EmbeddingFixture.load().tsne
        let samples = Matrix(given.samples)
        var tsne = TSNE(perplexity: given.perplexity)
        tsne.method = .barnesHut
        let result = try tsne.map(of: samples)
        #expect(result.method == .barnesHut)
        #expect(abs(result.divergence / given.barnes_hut.divergence - 1) < 0.05, "\(result.divergence)")
        let trust = trustworthiness(of: result.points, for: samples)
        #expect(trust > given.barnes_hut.trustworthiness - 0.005, "\(trust)")
        tsne.steps = 60
        #expect(try tsne.map(of: samples) == tsne.map(of: samples))
    }

    @Test func `Beyond a number of samples it is taken without being asked, and is heard of before it steps`()
        throws
    {
        #expect(TSNE().method(for: TSNE.exactLimit) == .exact)
        #expect(TSNE().method(for: TSNE.exactLimit + 1) == .barnesHut)
        var tsne = TSNE(perplexity: 12, steps: 3)
        tsne.method = .barnesHut
        #expect(tsne.method(for: 5) == .barnesHut)
        var heard: [Int] = []
        _ = try tsne.map(of: Matrix(EmbeddingFixture.load().tsne.samples)) { done, _ in heard.append(done) }
        #expect(heard == [0, 1, 2, 3])
    }

    @Test func `A small angle leaves hardly anything to approximate, and a usual one is close`() {
        let (x, y) = Self.cloud(700, seed: 3)
        var exact = (x: [Float](), y: [Float](), closeness: 0.0)
        for point in x.indices {
            var (pushX, pushY) = (Float(0), Float(0))
            for other in x.indices {
                let (dx, dy) = (x[point] - x[other], y[point] - y[other])
                let close = 1 / (1 + dx * dx + dy * dy)
                (pushX, pushY) = (pushX + close * close * dx, pushY + close * close * dy)
                exact.closeness += Double(close)
            }
            exact.x.append(pushX)
            exact.y.append(pushY)
        }
        for (angle, tolerance) in [(Float(0.01), Float(1e-5)), (BarnesHutForces.usualAngle, 0.03)] {
            let tree = QuadTree(x, y, angle: angle)
            let pushes = x.indices.map { tree.push(x[$0], y[$0]) }
            let size = zip(exact.x, exact.y).map { ($0 * $0 + $1 * $1).squareRoot() }.max() ?? 0
            #expect(zip(pushes, exact.x).allSatisfy { abs($0.x - $1) < tolerance * size })
            #expect(zip(pushes, exact.y).allSatisfy { abs($0.y - $1) < tolerance * size })
            let closeness = pushes.reduce(0) { $0 + $1.closeness }
            #expect(abs(closeness / exact.closeness - 1) < Double(tolerance))
        }
    }

    @Test func `Points at one place push nobody there, and count each`() {
        let tree = QuadTree([2, 2, 2, -6], [1, 1, 1, 1], angle: 0.5)
        let push = tree.push(2, 1)
        #expect(abs(push.closeness - (3 + 1 / 65)) < 1e-6)
        #expect(abs(push.x - 8 / (65 * 65)) < 1e-7 && push.y == 0)
        #expect(QuadTree([1, 1], [1, 1], angle: 0.5).push(1, 1).closeness == 2)
    }

    @Test func `The nearest are those that sorting finds, also among equals`() {
        let samples = Matrix(rows: 6, columns: 1, [0, 1, 1, 3, -1, 0])
        let nearest = NearestNeighbours(of: samples, count: 3) { _ in }.ofEach.map { $0.map { $0.index } }
        #expect(nearest[0] == [5, 1, 2] && nearest[1] == [2, 0, 5] && nearest[3] == [1, 2, 0])
    }
}
