import Datasets
import Evaluation
import Experiments
import Insight
import Layers
import Tensors

/// Asks a classifier how it describes pictures inside, and for what it takes them.
public struct FeatureExtractor {
    /// What a classifier makes of some of a dataset's pictures.
    public struct Features: Sendable {
        /// A row a picture.
        public var samples: Matrix
        /// The likeliest class of each.
        public var predicted: [Int]
        /// The classes that each was taken for: the likeliest, or all that are likelier than not where the classifier
        /// tells each by itself.
        public var told: [[Int]]
        /// The pictures' positions in the dataset.
        public var indices: [Int]
    }

    /// The layer whose output is taken.
    public let layer: String
    private let classifier: ImageClassifier
    private let plan: ExecutionPlan
    private static let batchSize = 32

    /// An extractor.
    /// - Parameter layer: whose output is taken; the input of the last dense layer if nil. Maps `[H, W, C]` are
    ///   averaged over their pixels.
    /// - Throws: `InsightError.noFeatures`, `LayerError.unknownLayer`
    public init(_ classifier: ImageClassifier, layer: String? = nil) throws {
        let network = classifier.network
        self.layer = try layer ?? network.featureLayer()
        self.classifier = classifier
        plan = try ExecutionPlan(
            network.giving([self.layer, network.nodes[network.output].name]), batchSize: Self.batchSize)
    }

    /// The features of pictures.
    /// - Parameters:
    ///   - indices: which of the dataset.
    ///   - observe: hears how many of how many are done.
    public func features(
        of dataset: Dataset, indices: [Int], observe: (Int, Int) throws -> Void = { _, _ in }
    ) throws -> Features {
        let loader = try BatchLoader(
            dataset, indices: indices, batchSize: Self.batchSize, input: classifier.network.inputShape,
            scaling: classifier.scaling, cache: .none)
        let batches = loader.batches(epoch: 0)
        var (elements, predicted, told, found) = ([Double](), [Int](), [[Int]](), [Int]())
        while let batch = try batches.next() {
            let outputs = try plan.forward([full(batch.inputs)], classifier.parameters)
            let count = batch.sampleIndices.count
            elements += Self.means(outputs[0], count: count)
            let likeliest = Self.likeliest(outputs[1], count: count)
            predicted += likeliest
            told +=
                classifier.isMultiLabel
                ? Self.likely(outputs[1], count: count) : likeliest.map { [$0] }
            found += batch.sampleIndices
            try observe(found.count, indices.count)
        }
        return Features(
            samples: Matrix(rows: found.count, columns: elements.count / max(found.count, 1), elements),
            predicted: predicted, told: told, indices: found)
    }

    /// The last batch filled up with zeros.
    private func full(_ inputs: Tensor) -> Tensor {
        guard inputs.shape[0] < Self.batchSize else { return inputs }
        return Tensor(shape: classifier.network.inputShape.batched(Self.batchSize)) { elements in
            inputs.withElements { given in
                for index in given.indices { elements[index] = given[index] }
            }
        }
    }

    /// A row a picture: each channel's mean over the pixels.
    private static func means(_ output: Tensor, count: Int) -> [Double] {
        let isMap = output.shape.rank == 4
        let channels = isMap ? output.shape[3] : output.elementCount / batchSize
        let pixels = output.elementCount / batchSize / channels
        return output.withElements { output in
            (0..<count * channels).map { index in
                let first = index / channels * channels * pixels + index % channels
                return (0..<pixels).reduce(0) { $0 + Double(output[first + $1 * channels]) } / Double(pixels)
            }
        }
    }

    private static func likeliest(_ scores: Tensor, count: Int) -> [Int] {
        let classes = scores.elementCount / batchSize
        return (0..<count).map { row in
            (0..<classes).max { scores[row * classes + $0] < scores[row * classes + $1] } ?? 0
        }
    }

    private static func likely(_ scores: Tensor, count: Int) -> [[Int]] {
        let classes = scores.elementCount / batchSize
        let threshold = Float(MultiLabelPredictions.usualThreshold)
        return (0..<count).map { row in (0..<classes).filter { scores[row * classes + $0] > threshold } }
    }
}
