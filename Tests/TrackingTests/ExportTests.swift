import Evaluation
import Foundation
import Reports
import TestSupport
import Testing

@testable import Tracking

/// The readers of TensorBoard and MLflow themselves are asked by `Tests/Fixtures/tracking/verify_exports.py`.
@Suite struct ExportTests {
    @Test func `The checksum is the Castagnoli polynomial's`() {
        // The check value of the catalogue of parametrised CRC algorithms.
        #expect(CRC32C.of(Array("123456789".utf8)) == 0xE306_9283)
    }

    @Test func `Events are the bytes that TensorBoard's own writer makes`() {
        var events = TensorBoardEvents(time: 1.5)
        events.add("train/loss", .scalar(0.1), step: 300, time: 2.5)
        events.add("p", .png(Data([0x89] + Array("PNG".utf8)), height: 200, width: 1), step: 0, time: 2.5)
        // Written by tensorboard.summary.writer.record_writer.
        let expected =
            "1800000000000000a37f4b2209000000000000f83f1a0d627261696e2e4576656e743a322a28646c21000000000000000"
            + "17becf609000000000000044010ac022a130a110a0a747261696e2f6c6f737315cdcccc3ddf1092ac1f0000000000000"
            + "0514b44180900000000000004402a140a120a0170220d08c80110011803220489504e4764cfbde3"
        #expect(events.data.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined() == expected)
    }

    @Test
    func `A run for MLflow has its settings, curves, results, tags and files, and replaces what it was`()
        throws
    {
        try RunSamples.with { samples in
            let run = try samples.write("flowers-001", accuracy: 0.75)
            var notes = RunNotes(note: "good")
            try notes.add("best")
            try notes.write(to: run)
            let target = samples.runs.appending(path: "store")
            for _ in 0..<2 { try MLflowStore(target).add("flowers-001", run) }
            let files = FileManager.default
            let experiments = try files.contentsOfDirectory(atPath: target.path)
            #expect(experiments.count == 1)
            let home = target.appending(path: experiments[0])
            let names = try files.contentsOfDirectory(atPath: home.path).sorted()
            #expect(names.count == 2 && names.last == "meta.yaml")
            let folder = home.appending(path: names[0])
            func text(_ path: String) throws -> String {
                try String(contentsOf: folder.appending(path: path), encoding: .utf8)
            }
            #expect(try text("params/model.architecture") == "mobilenet")
            #expect(try text("metrics/val_accuracy") == "1795597200000 0.375 1\n1795597200000 0.75 2\n")
            #expect(try text("metrics/test_accuracy") == "1795597200000 0.75 0\n")
            #expect(try text("tags/best") == "true" && text("tags/mlflow.note.content") == "good")
            #expect(try text("meta.yaml").contains("\nstatus: 3\n"))
            #expect(try text("artifacts/config.yaml").contains("architecture: mobilenet"))
        }
    }

    @Test func `A run without epochs or predictions gives an event file all the same`() throws {
        try RunSamples.with { samples in
            let run = try samples.write("flowers-001", accuracy: nil)
            let file = try TensorBoardExport.write(run, to: run.appending(path: "tensorboard"))
            #expect(try Data(contentsOf: file).count == 12 + 24 + 4)
        }
    }
}
