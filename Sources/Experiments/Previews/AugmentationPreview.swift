import Datasets
import Tensors

/// Some training pictures of an experiment and what its augmentation makes of them, exactly as the training
/// will see them.
public struct AugmentationPreview: Sendable {
    /// A picture and its variants.
    public struct Row: Sendable {
        /// The picture's classes: one, or of pictures that may be of several all of them, perhaps none.
        public var classNames: [String]
        /// Where the picture comes from.
        public var identifier: String
        /// The picture in the network's size.
        public var original: Image
        /// The picture in the first, second, … epoch.
        public var views: [Image]
    }

    /// The pictures, one of each class in turn.
    public let rows: [Row]

    /// Draws training pictures by the experiment's seed and varies them.
    /// - Parameters:
    ///   - count: how many pictures; fewer where there are not so many.
    ///   - views: how many epochs.
    /// - Throws: ``DatasetError``
    public init(_ configuration: ExperimentConfiguration, count: Int, views: Int) throws {
        let dataset = try configuration.data.prepare(seed: configuration.seed)
        let model = configuration.model
        let input: Shape = [model.inputHeight, model.inputWidth, model.channels]
        let indices = Self.draw(count, of: dataset, seed: configuration.seed)
        let augmentation = configuration.data.augmentation.augmentation
        rows = try indices.map { index in
            let sample = dataset.samples[index]
            let original = try sample.image().fitted(to: input)
            let variants = (0..<views).map { epoch in
                augmentation?.apply(to: original, seed: configuration.seed, epoch: epoch, sample: index)
                    ?? original
            }
            return Row(
                classNames: dataset.classNames(of: index), identifier: sample.identifier,
                original: original, views: variants)
        }
    }

    /// One training sample of each class, then a second of each, and so on.
    private static func draw(_ count: Int, of dataset: Dataset, seed: UInt64) -> [Int] {
        var random = SeededRandom(seed: seed, stream: 201)
        var pools = [[Int]](repeating: [], count: dataset.classNames.count)
        for index in dataset.indices(in: .train) { pools[dataset.samples[index].label].append(index) }
        var drawn: [Int] = []
        while drawn.count < count, pools.contains(where: { !$0.isEmpty }) {
            for label in pools.indices where drawn.count < count && !pools[label].isEmpty {
                drawn.append(pools[label].remove(at: random.index(below: pools[label].count)))
            }
        }
        return drawn
    }
}
