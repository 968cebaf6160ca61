import Testing

@testable import Tensors

@Suite struct SeededRandomTests {
    @Test func `A stream is the same for the same seed and path, and another for another`() {
        func draw(_ seed: UInt64, _ path: Int) -> [UInt64] {
            var random = SeededRandom(seed: seed, stream: path)
            return (0..<4).map { _ in random.next() }
        }
        #expect(draw(1, 2) == draw(1, 2))
        #expect(draw(1, 2) != draw(1, 3))
        #expect(draw(1, 2) != draw(2, 2))
    }

    @Test func `A permutation has every index once`() {
        var random = SeededRandom(seed: 5)
        let order = random.permutation(of: 1000)
        #expect(order.sorted() == Array(0..<1000))
        #expect(order != Array(0..<1000))
    }

    @Test func `Uniform numbers have the mean and deviation of uniform numbers`() {
        var random = SeededRandom(seed: 9)
        let numbers = (0..<100_000).map { _ in Double(random.uniform()) }
        let mean = numbers.reduce(0, +) / 100_000
        let variance = numbers.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 100_000
        #expect(abs(mean - 0.5) < 0.005)
        #expect(abs(variance - 1.0 / 12) < 0.002)
        #expect(numbers.allSatisfy { (0..<1).contains($0) })
    }
}
