import Experiments
import Dispatch
import Foundation
import Layers
import Synchronization
import Tensors
import TestSupport
import Testing

@testable import Training

/// What is learnt on features from the cache is, bit for bit, what is learnt without it.
@Suite struct FeatureReuseTests {
    private static let headStage = "training.stages=[{freeze: backbone, epochs: 2, learning_rate: 0.1}]"
    private static let headWithDropout = "model.head={dense: [8], dropout: 0.4}"

    @Test(arguments: [
        ["model.until=conv_pw_2_relu"],
        [
            "model.architecture=vgg16", "model.alpha=1", "model.until=block2_pool",
            "training.stages.1.freeze=block1",
        ],
        [
            "model.architecture=resnet50", "model.alpha=1", "model.until=conv2_block2_out",
            "training.stages.1.freeze=conv1",
        ],
        ["model.architecture=mobilenet_v2", "model.alpha=0.35", "model.until=block_2_add"],
    ])
    func `The cache changes neither losses nor weights nor predictions`(_ overrides: [String]) throws {
        try SmallExperiment.with { small in
            var run = ReusedRun(small, Self.headWithDropout)
            run.overrides += overrides
            let plain = try run.run()
            let filled = try run.run(run.store)
            let again = try run.run(run.store)
            #expect(plain.use.reused == 0)
            #expect(filled.outcome.equals(plain.outcome))
            #expect(again.outcome.equals(plain.outcome))
            // 27 training, 9 validation and 18 test pictures, in two stages with other beginnings; those of the
            // test only with the last, when the validation's are judged once more, too.
            #expect(filled.use.computed == 27 + 9 + 27 + 9 + 18)
            #expect(filled.use.reused == (27 + 9) * 5 + 9 + 18)
            #expect(again.use.computed == 0)
            #expect(again.use.reused == filled.use.reused)
            #expect(again.use.secondsSaved > 0)
        }
    }

    @Test func `Averages of weights are the same with the cache`() throws {
        try SmallExperiment.with { small in
            let run = ReusedRun(small, Self.headWithDropout, "regularization.swa={start_epoch: 1}")
            let plain = try run.run()
            #expect(try run.run(run.store).outcome.equals(plain.outcome))
            #expect(try run.run(run.store).outcome.equals(plain.outcome))
        }
    }

    @Test(arguments: [
        "regularization.mixup=0.4", "regularization.cutmix=1", "regularization.random_erasing=0.5",
    ])
    func `Of pictures that are mixed or erased no features are kept, of the others they are`(
        _ variation: String
    ) throws {
        try SmallExperiment.with { small in
            let run = ReusedRun(small, variation)
            let plain = try run.run()
            let first = try run.run(run.store)
            let again = try run.run(run.store)
            #expect(first.outcome.equals(plain.outcome))
            #expect(again.outcome.equals(plain.outcome))
            // Those of the 9 validation pictures in five epochs and once more, and of the 18 test pictures.
            #expect(again.use.reused == 9 * 6 + 18)
            let unmixed = try run.run(run.store, set: "regularization={}")
            #expect(unmixed.use.computed == 27 + 27)
        }
    }

    @Test func `Two threads that want the same features compute them once`() throws {
        try SmallExperiment.with { small in
            let run = ReusedRun(small, Self.headStage)
            let plain = try run.run()
            let results = Mutex<[ReusedRun.Result]>([])
            DispatchQueue.concurrentPerform(iterations: 2) { _ in
                ComputeThreads.set(1)
                guard let result = try? run.run(run.store) else { return }
                results.withLock { $0.append(result) }
            }
            let both = results.withLock { $0 }
            #expect(both.count == 2)
            for result in both { #expect(result.outcome.equals(plain.outcome)) }
            let computed = both.reduce(0) { $0 + $1.use.computed }
            #expect(computed == 54, "27 training, 9 validation and 18 test pictures")
        }
    }

    @Test func `Batches of any size have the same features`() throws {
        try SmallExperiment.with { small in
            let run = ReusedRun(small)
            _ = try run.run(run.store, set: "training.batch_size=8")
            let other = try run.run(run.store, set: "training.batch_size=5")
            #expect(other.use.computed == 0)
            #expect(other.outcome.equals(try run.run(set: "training.batch_size=5").outcome))
        }
    }

    @Test func `Without augmented views that come again, features of varied pictures are not kept`() throws {
        try SmallExperiment.with { small in
            let run = ReusedRun(small, "data.augmentation.horizontal_flip=true")
            let result = try run.run(run.store)
            #expect(result.outcome.equals(try run.run().outcome))
            // Validation and test pictures are the same each time.
            #expect(result.use.reused == 9 * 6 + 18)
            #expect(result.use.computed == 27 * 5 + 9 * 2 + 18)
        }
    }

    @Test func `Cached views come again in turn`() throws {
        try SmallExperiment.with { small in
            let run = ReusedRun(
                small, "data.augmentation={horizontal_flip: true, rotation: 20}",
                "training.feature_cache={cached_views: 2}")
            let result = try run.run(run.store)
            #expect(result.outcome.equals(try run.run().outcome))
            #expect(result.use.computed == 27 * 2 * 2 + 9 * 2 + 18)
            #expect(result.use.reused == (27 + 9) * 5 + 9 + 18)
            let other = try run.run(run.store, set: "seed=4")
            #expect(other.use.computed > 27 * 2 * 2)
        }
    }

    @Test func `A run of one epoch keeps features for others only where it is told to`() throws {
        try SmallExperiment.with { small in
            let run = ReusedRun(small, "training.stages=[{freeze: backbone, epochs: 1, learning_rate: 0.1}]")
            let automatic = try run.run(run.store)
            #expect(automatic.use.reused == 0)
            let first = try run.run(run.store, policy: .always)
            // The validation pictures are judged in the epoch and by the weights that are kept.
            #expect(first.use.reused == 27 + 9 * 2 + 18)
            let second = try run.run(run.store, policy: .always)
            #expect(second.use.computed == 0)
        }
    }

    @Test func `Other weights, other scaling, other pictures have other features`() throws {
        try SmallExperiment.with { small in
            let run = ReusedRun(small, Self.headStage)
            let all = 27 + 9 + 18
            let first = try run.run(run.store)
            #expect(first.use.computed == all)
            let scaled = try run.run(run.store, set: "model.preprocessing=unit")
            #expect(scaled.use.computed == all)
            // The seed makes the weights.
            let seeded = try run.run(run.store, set: "seed=4")
            #expect(seeded.use.computed == all)
            // One bit of one picture.
            let file = small.pictures.appending(path: "t10k-images-idx3-ubyte")
            var bytes = try Data(contentsOf: file)
            bytes[bytes.count - 1] ^= 1
            try bytes.write(to: file)
            let changed = try run.run(run.store)
            #expect(changed.use.computed == 1)
        }
    }

    @Test func `A picture's features do not depend on its place in a batch`() throws {
        try SmallExperiment.with { small in
            for name in ["mobilenet", "resnet50", "vgg16"] {
                let network = try Experiment(
                    .parse(
                        small.yaml,
                        overrides: [
                            "model.architecture=\(name)", "model.alpha=1", "model.until=null",
                            Self.headStage,
                        ])
                ).network
                let cut = try #require(network.cut(for: .training(["predictions"])))
                let extractor = try FeatureExtractor(cut.prefix, network.initialParameters(seed: 1))
                let pictures = SeededArrays.array("pictures", network.inputShape.batched(8))
                let width = extractor.shape.elementCount
                let expected = try extractor(pictures).elements
                for shift in [1, 3, 6] {
                    let size = network.inputShape.elementCount
                    let elements = pictures.elements
                    var moved = pictures
                    moved.withMutableElements { moved in
                        for index in elements.indices {
                            moved[(index + shift * size) % elements.count] = elements[index]
                        }
                    }
                    let found = try extractor(moved).elements
                    #expect(
                        expected.indices.allSatisfy {
                            found[($0 + shift * width) % found.count] == expected[$0]
                        }, "\(name), moved by \(shift)")
                }
            }
        }
    }
}
