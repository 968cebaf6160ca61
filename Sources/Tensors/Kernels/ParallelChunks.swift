import COneDNN
import Dispatch
import Synchronization

/// Calls `body` with ranges that together are `0..<count`, on several cores where it is worth it.
@inlinable
package func forEachChunk(of count: Int, _ body: @Sendable (Range<Int>) -> Void) {
    let chunk = 1 << 16
    guard count > chunk else { return body(0..<count) }
    let chunks = (count + chunk - 1) / chunk
    runInParallel(chunks) { index in
        body(index * chunk..<min(count, (index + 1) * chunk))
    }
}

/// Calls `body` with the numbers `0..<count`, in no order, on the threads that oneDNN runs on.
@usableFromInline
package func runInParallel(_ count: Int, _ body: @Sendable (Int) -> Void) {
    withoutActuallyEscaping(body) { body in
        let job = ParallelJob(count: count, body: body)
        let ran = graft_openmp_parallel(
            { Unmanaged<ParallelJob>.fromOpaque($0!).takeUnretainedValue().takePart() },
            Unmanaged.passUnretained(job).toOpaque())
        if ran == 0 { DispatchQueue.concurrentPerform(iterations: count, execute: body) }
        withExtendedLifetime(job) {}
    }
}

/// What `body` makes of the numbers `0..<count`, in their order, worked out on the threads that oneDNN runs on.
package func mapInParallel<Result: Sendable>(
    _ count: Int, _ body: @Sendable (Int) -> Result
) -> [Result] {
    let results = Mutex([Result?](repeating: nil, count: count))
    runInParallel(count) { index in
        let result = body(index)
        results.withLock { $0[index] = result }
    }
    return results.withLock { $0.compactMap(\.self) }
}

/// Numbers that threads take one by one until there are none left.
private final class ParallelJob: Sendable {
    private let next = Atomic(0)
    private let count: Int
    private let body: @Sendable (Int) -> Void

    init(count: Int, body: @escaping @Sendable (Int) -> Void) {
        self.count = count
        self.body = body
    }

    func takePart() {
        while case let index = next.add(1, ordering: .relaxed).oldValue, index < count { body(index) }
    }
}
