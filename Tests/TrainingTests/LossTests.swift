import Foundation
import Tensors
import Testing

@testable import Training

@Suite struct LossTests {
    @Test func `Cross-entropy and its gradient are Keras's, smoothed or not`() throws {
        let fixture = try TrainingFixture.load().crossEntropy
        let logits = Tensor(fixture.logits, shape: [5, 7])
        for expected in fixture.cases {
            let found = CrossEntropy(labelSmoothing: expected.labelSmoothing)(logits, fixture.labels)
            #expect(abs(found.loss - expected.loss) <= 1e-6 * expected.loss)
            for (a, b) in zip(found.gradient.elements, expected.gradient) { #expect(abs(a - b) < 1e-7) }
        }
    }

    @Test func `Labels with the greatest logit count as correct`() {
        let logits = Tensor([1, 2, 0, 5, 1, 1], shape: [2, 3])
        #expect(CrossEntropy()(logits, [1, 2]).correct == 1)
    }

    @Test func `The L1 and L2 penalty and its gradient are Keras's`() throws {
        let fixture = try TrainingFixture.load().l1L2
        let kernel = Tensor(fixture.kernel, shape: [fixture.kernel.count])
        let penalty = KernelPenalty(l1: 0.02, l2: 0.3, pull: 0)
        #expect(abs(penalty.loss(kernel) - fixture.loss) < 1e-5)
        let gradient = Tensor(shape: kernel.shape) { penalty.addGradient(of: kernel, to: &$0) }
        for (a, b) in zip(gradient.elements, fixture.gradient) { #expect(abs(a - b) < 1e-6) }
    }
}
