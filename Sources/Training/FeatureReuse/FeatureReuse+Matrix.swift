import Datasets
import Layers
import Tensors

extension FeatureReuse {
    /// What a network makes of samples, each once and in their order, from the cache where it is there.
    /// - Parameters:
    ///   - loader: the samples; their order is left out of account.
    ///   - epoch: which of their views is taken, where they are augmented.
    ///   - network: from pictures to features.
    ///   - observe: hears how many are done; an error that it throws ends the work.
    /// - Returns: a row a sample, in the order of the loader's indices.
    public func features(
        of loader: BatchLoader, through network: Network, _ parameters: Parameters, epoch: Int = 0,
        observe: (FeatureEvent) throws -> Void
    ) throws -> Matrix {
        try begin(network, parameters)
        let loader = loader.selecting(loader.indices)
        let batches = try batches(of: loader, epoch: epoch, isRepeated: true, observe: observe)
        var elements: [Double] = []
        elements.reserveCapacity(loader.indices.count * network.outputShape.elementCount)
        var done = 0
        while let batch = try batches.next() {
            elements += batch.inputs.elements.map(Double.init)
            done += batch.sampleIndices.count
            try observe(.computing(done: done, total: loader.indices.count))
        }
        return Matrix(rows: loader.indices.count, columns: network.outputShape.elementCount, elements)
    }
}
