import Foundation
import TestSupport
import Testing

@testable import Sweeps

@Suite struct WorkerProcessesTests {
    /// Lets workers that fail at once fail so often.
    private static func fail(_ workers: WorkerProcesses, times: Int) throws {
        for _ in 0..<times {
            try workers.tend()
            while workers.workerCount > 0 { usleep(2_000) }
        }
    }

    @Test func `Workers that only ever fail end the sweep, and say where to look`() throws {
        try Fixtures.withTemporaryFolder { folder in
            let log = folder.appending(path: "workers.log")
            let workers = WorkerProcesses(URL(filePath: "/bin/false"), [], count: 1, log: log)
            let failure = #expect(throws: WorkerProcesses.Failure.self) { try Self.fail(workers, times: 20) }
            #expect(failure?.description.contains(log.path) == true)
        }
    }

    @Test func `Failures are forgiven as long as the sweep gets on between them`() throws {
        try Fixtures.withTemporaryFolder { folder in
            let workers = WorkerProcesses(
                URL(filePath: "/bin/false"), [], count: 1, log: folder.appending(path: "workers.log"))
            for round in 1...4 {
                try Self.fail(workers, times: 8)
                workers.note(progress: round)
            }
            // Without progress they count again.
            #expect(throws: WorkerProcesses.Failure.self) {
                for _ in 0..<3 {
                    try Self.fail(workers, times: 8)
                    workers.note(progress: 4)
                }
            }
        }
    }
}
