import Testing

@testable import Evaluation

@Suite struct SampleSpreadTests {
    @Test func `Mean and deviation are those of a sample`() {
        // NumPy: np.mean and np.std with ddof=1.
        let spread = SampleSpread([2, 4, 4, 4, 5, 5, 7, 9])
        #expect(spread.mean == 5)
        #expect(abs((spread.deviation ?? 0) - 2.138089935299395) < 1e-15)
    }

    @Test func `Fewer than two numbers have no deviation`() {
        #expect(SampleSpread([3]).mean == 3)
        #expect(SampleSpread([3]).deviation == nil)
        #expect(SampleSpread([]).deviation == nil)
    }
}
