import Layers
import Tensors
import TestSupport
import Testing

/// One network of each family against Keras in float64.
@Suite struct GradientTests {
    @Test(arguments: try GradientCase.all())
    func `Logits and the gradients of every array are Keras's`(_ given: GradientCase) throws {
        let network = try given.build()
        var parameters = Parameters()
        for (key, spec) in network.parameters {
            parameters[key] = SeededArrays.parameter(key.description, spec.shape)
        }
        let plan = try given.plan(network)
        let pictures = try given.pictures()

        let logits = try plan.forward(pictures, parameters)
        #expect(given.logits.difference(from: logits).ofSamples <= 1e-4)

        try plan.backward(given.upstream(logits), input: pictures, parameters)
        #expect(Set(plan.gradientKeys.map(\.description)) == Set(given.gradients.keys))
        for key in plan.gradientKeys {
            let wanted = try #require(given.gradients[key.description])
            let difference = wanted.difference(from: try #require(plan.gradient(of: key)))
            #expect(difference.ofNorm <= 1e-3, "\(key)")
            #expect(difference.ofSamples <= 1e-3, "\(key)")
        }
    }
}
