import Foundation

/// Prepares the batches of an epoch in threads, a bounded number of them ahead of the consumer.
///
/// Threads take a few samples at a time, those of the earliest batch first, so that all of them work on the
/// batch that is needed next. The one that completes a batch lays it out as a tensor.
final class BatchPipeline: @unchecked Sendable {
    // Sendable because whatever changes is read and written under the condition's lock only.
    private let condition = NSCondition()
    private var underway: [Int: UnfinishedBatch] = [:]
    private var finished: [Int: Result<Batch, DatasetError>] = [:]
    private var nextWork = (batch: 0, position: 0)
    private var consumedCount = 0
    private var failure: DatasetError?
    private var isCancelled = false

    private let loader: BatchLoader
    private let epoch: Int
    private let order: [Int]
    private let ahead: Int
    private let portion: Int

    /// Some of the samples of a batch, by their positions in it.
    private struct Work {
        var batch: Int
        var positions: Range<Int>
    }

    private struct UnfinishedBatch {
        var images: [Image?]
        var missing: Int
        var firstError: (position: Int, error: DatasetError)?
    }

    init(loader: BatchLoader, epoch: Int, from first: Int = 0, ahead: Int, threads: Int) {
        self.loader = loader
        self.epoch = epoch
        self.ahead = ahead
        nextWork.batch = first
        consumedCount = first
        order = loader.order(epoch: epoch)
        portion = max(1, min(16, loader.batchSize / threads))
        for _ in 0..<threads {
            let thread = Thread { self.run() }
            thread.name = "batches"
            thread.start()
        }
    }

    /// Lets the threads end.
    func cancel() {
        condition.withLock {
            isCancelled = true
            condition.broadcast()
        }
    }

    /// Waits for the next batch.
    func next() throws(DatasetError) -> Batch? {
        condition.lock()
        defer { condition.unlock() }
        if let failure { throw failure }
        guard consumedCount < loader.batchCount else { return nil }
        while finished[consumedCount] == nil { condition.wait() }
        let result = finished.removeValue(forKey: consumedCount)!
        consumedCount += 1
        if case .failure(let error) = result {
            failure = error
            isCancelled = true
        }
        condition.broadcast()
        return try result.get()
    }

    /// How many batches are begun or ready and not yet handed out.
    var preparedCount: Int { condition.withLock { underway.count + finished.count } }

    private func run() {
        while let work = takeWork() {
            let images = work.positions.map { position in
                Result { () throws(DatasetError) in
                    try loader.image(order[work.batch * loader.batchSize + position], epoch: epoch)
                }
            }
            if let batch = store(images, of: work) { finish(batch, number: work.batch) }
        }
    }

    /// The next few samples, as soon as their batch may be prepared; nil when there is nothing left to do.
    private func takeWork() -> Work? {
        condition.lock()
        defer { condition.unlock() }
        while !isCancelled && nextWork.batch < loader.batchCount
            && nextWork.batch >= consumedCount + ahead
        { condition.wait() }
        guard !isCancelled && nextWork.batch < loader.batchCount else { return nil }
        let size = sampleRange(nextWork.batch).count
        let end = min(nextWork.position + portion, size)
        let work = Work(batch: nextWork.batch, positions: nextWork.position..<end)
        if work.positions.lowerBound == 0 {
            underway[work.batch] = UnfinishedBatch(
                images: [Image?](repeating: nil, count: size), missing: size)
        }
        nextWork = end == size ? (work.batch + 1, 0) : (work.batch, end)
        return work
    }

    /// Keeps what was prepared; returns the batch that it completes.
    private func store(_ images: [Result<Image, DatasetError>], of work: Work) -> UnfinishedBatch? {
        condition.lock()
        defer { condition.unlock() }
        for (position, image) in zip(work.positions, images) {
            switch image {
            case .success(let image): underway[work.batch]?.images[position] = image
            case .failure(let error):
                // The first in the batch, not the first that a thread came upon.
                if let first = underway[work.batch]?.firstError, first.position < position { continue }
                underway[work.batch]?.firstError = (position, error)
            }
        }
        underway[work.batch]?.missing -= images.count
        return underway[work.batch]?.missing == 0 ? underway.removeValue(forKey: work.batch) : nil
    }

    private func finish(_ batch: UnfinishedBatch, number: Int) {
        let result: Result<Batch, DatasetError> =
            if let error = batch.firstError?.error {
                .failure(error)
            } else {
                .success(
                    loader.batch(
                        batch.images.compactMap(\.self), Array(order[sampleRange(number)]), epoch: epoch,
                        number: number))
            }
        condition.withLock {
            finished[number] = result
            condition.broadcast()
        }
    }

    private func sampleRange(_ batch: Int) -> Range<Int> {
        let start = batch * loader.batchSize
        return start..<min(start + loader.batchSize, order.count)
    }
}
