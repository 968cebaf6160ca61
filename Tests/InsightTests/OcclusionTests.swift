import Insight
import KerasFiles
import Layers
import Tensors
import Testing

@Suite struct OcclusionTests {
    @Test func `The probability falls behind each patch as it does in Keras, in batches of any size`() throws
    {
        let fixture = try AttributionFixture.load()
        var count = 0
        for given in fixture.cases {
            let model = try given.model
            for (expected, batchSize) in zip(given.occlusion, [1, 7, 32, 64]) {
                let plan = try ExecutionPlan(model.network, batchSize: batchSize)
                let fill = try #require(Occlusion.Fill(rawValue: expected.fill))
                let occlusion = Occlusion(
                    patch: expected.patch, stride: expected.stride, fill: fill, for: model.network.inputShape)
                var done: [Int] = []
                let result = try occlusion.map(
                    of: fixture.picture, class: expected.class, batchSize: batchSize
                ) {
                    try plan.forward($0, model.parameters)
                } observe: { count, total in
                    done.append(count)
                    #expect(total == expected.tops.count * expected.lefts.count)
                }
                #expect(result.tops == expected.tops && result.lefts == expected.lefts)
                #expect(abs(result.probability - expected.probability) < 1e-5)
                #expect(result.falls.difference(from: expected.falls) < 1e-5)
                if let map = expected.map { #expect(result.map.difference(from: map) < 1e-5) }
                #expect(done.last == expected.tops.count * expected.lefts.count)
                count += 1
            }
        }
        #expect(count == 6)
    }

    @Test func `Without numbers, a patch is a seventh of the picture and moves by half of itself`() {
        let occlusion = Occlusion(for: [224, 320, 3])
        #expect((occlusion.patch, occlusion.stride) == (32, 16))
        let small = Occlusion(for: [5, 5, 1])
        #expect((small.patch, small.stride) == (1, 1))
    }

    @Test func `A patch that is larger than the picture is refused`() {
        let occlusion = Occlusion(patch: 9, for: [8, 12, 1])
        #expect(throws: InsightError.patch(9, height: 8, width: 12)) {
            try occlusion.map(of: Tensor(zeros: [1, 8, 12, 1]), class: 0) { _ in Tensor(zeros: [32, 2]) }
        }
    }
}
