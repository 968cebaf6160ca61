import Datasets
import Foundation
import TestSupport
import Tensors
import Testing

@testable import Training

@Suite struct LossTests {
    @Test func `Cross-entropy and its gradient are Keras's, smoothed or not`() throws {
        let fixture = try TrainingFixture.load().crossEntropy
        let logits = Tensor(fixture.logits, shape: [5, 7])
        for expected in fixture.cases {
            let found = Loss(labelSmoothing: expected.labelSmoothing)(logits, .classes(fixture.labels))
            #expect(abs(found.loss - expected.loss) <= 1e-6 * expected.loss)
            for (a, b) in zip(found.gradient.elements, expected.gradient) { #expect(abs(a - b) < 1e-7) }
        }
    }

    @Test(arguments: try LossCase.all())
    func `Losses and their gradients are Keras's and PyTorch's`(_ expected: LossCase) throws {
        let (logits, targets) = (expected.logitsTensor, expected.targetsTensor)
        let found = try expected.tested()(logits, .distributions(targets))
        #expect(abs(found.loss - expected.expectedLoss) <= 1e-6 * expected.expectedLoss)
        for (a, b) in zip(found.gradient.elements, expected.gradient) { #expect(abs(Double(a) - b) < 1e-7) }
        let plain = try expected.tested()(logits, .distributions(targets), weighted: false)
        #expect((plain.loss == found.loss) == (expected.classWeights == nil))
    }

    @Test func `Losses of great logits are finite, and so are their gradients`() {
        let logits = Tensor([-900, 900, 0, 800, -800, 1], shape: [2, 3])
        let functions: [Loss.Function] = [
            .categoricalCrossEntropy, .binaryCrossEntropy(),
            .categoricalFocalCrossEntropy(FocalCrossEntropy(gamma: 0.5)),
        ]
        for function in functions {
            let found = Loss(function)(logits, [0, 0])
            #expect(found.loss.isFinite && found.loss > 100)
            #expect(!found.gradient.elements.contains { !$0.isFinite })
        }
    }

    @Test func `Samples whose greatest logit is at the greatest target count as correct`() {
        let logits = Tensor([1, 2, 0, 5, 1, 1], shape: [2, 3])
        #expect(Loss()(logits, [1, 2]).correct == 1)
        let soft = Tensor([0.3, 0.4, 0.3, 0.2, 0.5, 0.3], shape: [2, 3])
        #expect(Loss()(logits, .distributions(soft)).correct == 1)
    }

    @Test func `With several labels, samples of which every class is told count as correct`() {
        let logits = Tensor([1, -2, 3, 5, 1, -1, -1, -2, -3], shape: [3, 3])
        let targets = Tensor([1, 0, 1, 1, 0, 0, 0, 0, 0], shape: [3, 3])
        #expect(Loss(.binaryCrossEntropy())(logits, .indicators(targets)).correct == 2)
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
