import Datasets
import Insight
import KerasFiles
import Layers
import Tensors
import TestSupport
import Testing

@Suite struct GradCAMTests {
    @Test func `Maps of several layers and classes are Keras's, before and after enlarging`() throws {
        let fixture = try AttributionFixture.load()
        var counts = (maps: 0, enlarged: 0)
        for given in fixture.cases {
            let model = try given.model
            for expected in given.gradCam {
                let map = try GradCAM(model.network, model.parameters, layer: expected.layer)
                    .map(of: fixture.picture, class: expected.class)
                let scale = max(expected.map.joined().max() ?? 0, 1)
                #expect(
                    map.difference(from: expected.map) < 1e-5 * scale, "\(given.file) \(expected.layer)")
                counts.maps += 1
                guard let enlarged = expected.enlarged else { continue }
                #expect(map.normalized.resized(height: 40, width: 37).difference(from: enlarged) < 1e-5)
                counts.enlarged += 1
            }
        }
        #expect(counts.maps == 14 && counts.enlarged == 2)
    }

    private static let emotions = "pretrained/fer2013_mini_XCEPTION.102-0.66.hdf5"

    @Test(.enabled(if: Fixtures.hasShared(emotions), "needs \(emotions)"))
    func `Maps of a published network, also of layers beside a shortcut, are Keras's`() throws {
        let model = try ModelFile(Fixtures.shared(Self.emotions)).model()
        let image = try Image(contentsOfFile: Fixtures.path("datasets/images/grey.png"))
        let picture = PixelScaling.tf.tensor(
            of: [image.fitted(to: model.network.inputShape)], input: model.network.inputShape)
        #expect(GradCAM.defaultLayer(of: model.network) == "conv2d_7")
        let expected = try AttributionFixture.emotions()
        #expect(expected.count == 9)
        for given in expected {
            let map = try GradCAM(model.network, model.parameters, layer: given.layer)
                .map(of: picture, class: given.class)
            #expect(map.difference(from: given.map) < 1e-5, "\(given.layer) \(given.class)")
        }
    }

    @Test(arguments: [ActivationFunction.softmax, .sigmoid])
    func `The score is what goes into the activation at the end`(activation: ActivationFunction) throws {
        func network(_ activation: ActivationFunction) throws -> Network {
            var builder = NetworkBuilder("small", input: [6, 6, 2])
            var x = try builder.add(Conv2D("conv", filters: 4, kernelSize: 3), to: builder.input)
            x = try builder.add(GlobalAveragePooling2D("pool"), to: x)
            x = try builder.add(Dense("classes", units: 3, activation: activation), to: x)
            return builder.build(output: x)
        }
        let parameters = try network(.linear).initialParameters(seed: 3)
        var random = SeededRandom(seed: 1)
        let picture = Tensor((0..<72).map { _ in random.uniform() }, shape: [1, 6, 6, 2])
        for label in 0..<3 {
            let maps = try [activation, .linear].map {
                try GradCAM(network($0), parameters).map(of: picture, class: label)
            }
            let differences = zip(maps[0].values, maps[1].values).map { abs($0 - $1) }
            #expect(differences.allSatisfy { $0 < 1e-7 })
        }
    }

    @Test func `Without a layer's name, it is the last that gives a map, before pooling`() throws {
        for given in try AttributionFixture.load().cases {
            let model = try given.model
            #expect(GradCAM.defaultLayer(of: model.network) == given.defaultLayer)
            #expect(try GradCAM(model.network, model.parameters).layer == given.defaultLayer)
        }
    }

    @Test func `A picture after another is explained as if it were the first`() throws {
        let fixture = try AttributionFixture.load()
        let model = try fixture.cases[0].model
        let explainer = try GradCAM(model.network, model.parameters)
        let first = try explainer.map(of: fixture.picture, class: 0)
        _ = try explainer.map(of: Tensor(zeros: fixture.picture.shape), class: 2)
        #expect(try explainer.map(of: fixture.picture, class: 0) == first)
    }

    @Test func `A layer that gives no map is refused with those that do`() throws {
        let model = try AttributionFixture.load().cases[0].model
        #expect(
            throws: InsightError.notAMap(
                layer: "pool", shape: [8], suggestions: ["block2_shortcut", "block2_add", "block2_out"])
        ) { try GradCAM(model.network, model.parameters, layer: "pool") }
        #expect(throws: LayerError.self) { try GradCAM(model.network, model.parameters, layer: "block9") }
    }

    @Test func `A network of feature vectors has no map, and a class must be one of the network's`() throws {
        var builder = NetworkBuilder("vectors", input: [4])
        let end = try builder.add(Dense("predictions", units: 3), to: builder.input)
        let network = builder.build(output: end)
        #expect(throws: InsightError.noMaps(network: "vectors")) {
            try GradCAM(network, network.initialParameters(seed: 1))
        }
        let fixture = try AttributionFixture.load()
        let model = try fixture.cases[0].model
        let explainer = try GradCAM(model.network, model.parameters)
        #expect(throws: InsightError.classNumber(4, count: 4)) {
            try explainer.map(of: fixture.picture, class: 4)
        }
    }

    @Test func `Where nothing speaks for a class, the map is 0 everywhere`() {
        let map = HeatMap(height: 1, width: 3, values: [-1, 0, -2])
        #expect(map.normalized.values == [0, 0, 0])
    }
}
