/// The batches of one epoch, in order. When it is let go of, the preparation of further ones ends.
public final class BatchIterator {
    private let pipeline: BatchPipeline

    init(_ pipeline: BatchPipeline) { self.pipeline = pipeline }

    deinit { pipeline.cancel() }

    /// The next batch, once it is ready; nil after the last.
    /// - Throws: ``DatasetError`` for the first sample of the batch that cannot be read, and again at every
    ///   further call.
    public func next() throws(DatasetError) -> Batch? { try pipeline.next() }
}
