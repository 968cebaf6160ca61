import Foundation
import TestSupport
import Testing

/// A run that goes on, for as long as it is there.
final class GoingRun: Sendable {
    let folder: URL
    private let log: CInt

    init(_ samples: RunSamples, _ name: String = "going-001") throws {
        folder = try samples.write(name, accuracy: nil)
        log = open(folder.appending(path: "log.jsonl").path, O_RDWR)
        #expect(flock(log, LOCK_EX | LOCK_NB) == 0)
    }

    deinit { close(log) }

    func write(epochs: Int) throws {
        let rows = (1...epochs).map { "head,\($0),0.1,\(2.0 / Double($0)),0.2,2.5,0.5,1.5,100\n" }
            .joined()
        try Data(
            ("stage,epoch,learning_rate,loss,accuracy,val_loss,val_accuracy,seconds,images_per_second\n"
                + rows).utf8
        ).write(to: folder.appending(path: "metrics.csv"), options: .atomic)
    }

    func write(steps: Range<Int>, cut: Int = 0) throws {
        let file = folder.appending(path: "steps.csv")
        let header =
            "stage,epoch,step,learning_rate,loss,accuracy,data_seconds,forward_seconds,backward_seconds\n"
        if !FileManager.default.fileExists(atPath: file.path) { try Data(header.utf8).write(to: file) }
        let rows = steps.map { "head,1,\($0),0.1,\(1.0 / Double($0)),0.5,0,0,0\n" }.joined()
        let handle = try FileHandle(forWritingTo: file)
        try handle.seekToEnd()
        try handle.write(contentsOf: Data(rows.utf8).dropLast(cut))
        try handle.close()
    }

    func finish() throws {
        try Data(#"{"fine_tuned": {"accuracy": 0.5}}"#.utf8).write(to: folder.appending(path: "run.json"))
    }
}
