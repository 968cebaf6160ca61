import Layers
import Tensors
import TestSupport
import Testing

/// Every layer, and the meetings of layers that plans fuse and fold, against Keras in float64.
@Suite struct LayerOracleTests {
    @Test(arguments: try LayerOracleCase.group("convolution"))
    func `Convolutions are Keras's`(_ given: LayerOracleCase) throws { try check(given) }

    @Test(arguments: try LayerOracleCase.group("depthwise"))
    func `Depthwise convolutions are Keras's`(_ given: LayerOracleCase) throws { try check(given) }

    @Test(arguments: try LayerOracleCase.group("dense"))
    func `Dense layers are Keras's`(_ given: LayerOracleCase) throws { try check(given) }

    @Test(arguments: try LayerOracleCase.group("normalization"))
    func `Batch normalizations are Keras's`(_ given: LayerOracleCase) throws { try check(given) }

    @Test(arguments: try LayerOracleCase.group("functions"))
    func `Activations are Keras's`(_ given: LayerOracleCase) throws { try check(given) }

    @Test(arguments: try LayerOracleCase.group("pooling"))
    func `Poolings are Keras's`(_ given: LayerOracleCase) throws { try check(given) }

    @Test(arguments: try LayerOracleCase.group("shapes"))
    func `Layers that change shapes are Keras's`(_ given: LayerOracleCase) throws { try check(given) }

    @Test(arguments: try LayerOracleCase.group("merging"))
    func `Sums, products and concatenations are Keras's`(_ given: LayerOracleCase) throws {
        try check(given)
    }

    @Test(arguments: try LayerOracleCase.group("combinations"))
    func `What is fused and folded is Keras's`(_ given: LayerOracleCase) throws { try check(given) }

    @Test(arguments: try LayerOracleCase.group("separable"))
    func `Separable convolutions are Keras's`(_ given: LayerOracleCase) throws { try check(given) }

    @Test(arguments: try LayerOracleCase.group("transposed"))
    func `Transposed convolutions are Keras's`(_ given: LayerOracleCase) throws { try check(given) }

    @Test(arguments: try LayerOracleCase.group("rectifiers"))
    func `Rectifiers and rarer functions are Keras's`(_ given: LayerOracleCase) throws { try check(given) }

    @Test(arguments: try LayerOracleCase.group("row_normalization"))
    func `Layer and group normalizations are Keras's`(_ given: LayerOracleCase) throws { try check(given) }

    @Test(arguments: try LayerOracleCase.group("preprocessing"))
    func `Layers that prepare pictures are Keras's`(_ given: LayerOracleCase) throws { try check(given) }

    @Test(arguments: try LayerOracleCase.group("reshaping"))
    func `Layers that resize, cut and permute are Keras's`(_ given: LayerOracleCase) throws {
        try check(given)
    }

    @Test(arguments: try LayerOracleCase.group("model_merging"))
    func `Layers that merge by any function are Keras's`(_ given: LayerOracleCase) throws {
        try check(given)
    }

    @Test func `A digest notices small differences and exchanged elements`() throws {
        let given = try #require(try LayerOracleCase.group("convolution").first { $0.name == "1x1" })
        let network = try given.network()
        let output = try ExecutionPlan(network, batchSize: given.batch)
            .forward(given.pictures, given.parameters(of: network))
        var exchanged = output
        (exchanged[100], exchanged[101]) = (output[101], output[100])
        #expect(given.inference.difference(from: exchanged).ofNorm > 1e-3)
        let scaled = Tensor(output.elements.map { $0 * 1.001 }, shape: output.shape)
        #expect(given.inference.difference(from: scaled).ofNorm > 1e-4)
        #expect(given.inference.difference(from: scaled).ofSamples > 1e-4)
    }

    private func check(_ given: LayerOracleCase) throws {
        try checkInference(given)
        try checkTraining(given, wantsInputGradient: true)
        try checkTraining(given, wantsInputGradient: false)
    }

    private func checkInference(_ given: LayerOracleCase) throws {
        let network = try given.network()
        let output = try ExecutionPlan(network, batchSize: given.batch)
            .forward(given.pictures, given.parameters(of: network))
        expect(output, given.inference, forwardTolerance, "inference")
    }

    /// Without the input's gradient, the plan stops at the first trained layer and fuses what is below it.
    private func checkTraining(_ given: LayerOracleCase, wantsInputGradient: Bool) throws {
        let network = try given.network()
        var parameters = given.parameters(of: network)
        let plan = try ExecutionPlan(
            network, batchSize: given.batch,
            mode: mode(given, wantsInputGradient: wantsInputGradient))
        let output = try plan.forward(given.pictures, parameters)
        expect(output, given.training ?? given.inference, forwardTolerance, "training")

        try plan.backward(given.upstream(of: network), input: given.pictures, parameters)
        if wantsInputGradient {
            expect(try #require(plan.inputGradient), given.inputGradient, backwardTolerance, "input gradient")
        }
        #expect(Set(plan.gradientKeys.map(\.description)) == Set(given.gradients.keys))
        for key in plan.gradientKeys {
            let wanted = try #require(given.gradients[key.description])
            expect(try #require(plan.gradient(of: key)), wanted, backwardTolerance, "gradient of \(key)")
        }

        let before = parameters
        plan.updateStatistics(of: &parameters)
        for (key, spec) in network.parameters where spec.role == .statistic {
            if let wanted = given.statistics?[key.description] {
                expect(try #require(parameters[key]), wanted, forwardTolerance, "\(key)")
            } else {
                #expect(parameters[key] == before[key], "\(key) has moved")
            }
        }
    }

    private func mode(_ given: LayerOracleCase, wantsInputGradient: Bool) -> ExecutionPlan.Mode {
        var mode = ExecutionPlan.Mode.training(given.trained)
        mode.dropsOut = false
        mode.stopsBeforeSoftmax = false
        mode.wantsInputGradient = wantsInputGradient
        if !given.usesBatchStatistics { mode.batchStatisticsLayers = [] }
        return mode
    }

    private let forwardTolerance = 1e-5
    private let backwardTolerance = 1e-4

    private func expect(
        _ found: Tensor, _ wanted: ArrayDigest, _ tolerance: Double, _ what: String,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        let difference = wanted.difference(from: found)
        #expect(difference.ofSamples <= tolerance, "\(what)", sourceLocation: sourceLocation)
        #expect(difference.ofNorm <= tolerance, "\(what)", sourceLocation: sourceLocation)
    }
}
