import Datasets
import Tensors

/// The batches of an epoch as the second part of a network takes them, where pictures are mixed or erased batch
/// by batch: each is computed as it is, and nothing of it comes again.
final class VariedFeatureBatches: BatchSource {
    private let pictures: BatchIterator
    private let extractor: FeatureExtractor
    private let tally: FeatureTally

    init(_ pictures: BatchIterator, _ extractor: FeatureExtractor, _ tally: FeatureTally) {
        (self.pictures, self.extractor, self.tally) = (pictures, extractor, tally)
    }

    func next() throws -> Batch? {
        guard let batch = try pictures.next() else { return nil }
        return Batch(
            inputs: try features(of: batch.inputs), targets: batch.targets,
            sampleIndices: batch.sampleIndices)
    }

    /// The features of any number of pictures, some at a time.
    private func features(of inputs: Tensor) throws -> Tensor {
        let (count, shape) = (inputs.shape[0], inputs.shape.unbatched)
        let (size, width) = (shape.elementCount, extractor.shape.elementCount)
        var features = Tensor(zeros: extractor.shape.batched(count))
        for first in stride(from: 0, to: count, by: FeatureExtractor.batchSize) {
            let part = min(FeatureExtractor.batchSize, count - first)
            var pictures = Tensor(zeros: shape.batched(part))
            pictures.copyElements(0..<part * size, from: inputs, at: first * size)
            features.copyElements(
                first * width..<(first + part) * width, from: try extractor(pictures, tally), at: 0)
        }
        return features
    }
}
