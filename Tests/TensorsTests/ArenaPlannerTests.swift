import Testing

@testable import Tensors

@Suite struct ArenaPlannerTests {
    @Test func `Buffers that are needed at the same time never overlap`() {
        var random = SeededRandom(seed: 3)
        let requests = (0..<200).map { _ in
            let first = random.index(below: 100)
            return ArenaPlanner.Request(
                bytes: 1 + random.index(below: 5000), lifetime: first...first + random.index(below: 20))
        }
        let plan = ArenaPlanner(requests)
        for (i, a) in requests.enumerated() {
            #expect(plan.offsets[i].isMultiple(of: 64))
            #expect(plan.offsets[i] + a.bytes <= plan.byteCount)
            for (j, b) in requests.enumerated() where i < j && a.lifetime.overlaps(b.lifetime) {
                let apart =
                    plan.offsets[i] + a.bytes <= plan.offsets[j]
                    || plan.offsets[j] + b.bytes <= plan.offsets[i]
                #expect(apart, "\(i) and \(j) overlap")
            }
        }
    }

    @Test func `A chain of equal buffers needs the room of two`() {
        let requests = (0..<10).map { ArenaPlanner.Request(bytes: 640, lifetime: $0...$0 + 1) }
        #expect(ArenaPlanner(requests).byteCount == 1280)
    }
}
