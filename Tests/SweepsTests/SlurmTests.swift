import Foundation
import TestSupport
import Testing

@testable import Sweeps

@Suite struct SlurmTests {
    private let rate = "training.stages.0.learning_rate: {values: [0.5, 0.1]}"

    private func sweep(_ executor: String) throws -> SweepConfiguration {
        try SweepSamples.sweep(rate, more: "executor: \(executor)")
    }

    private func settings(_ executor: String) throws -> SlurmSettings? {
        guard case .slurm(let settings) = try sweep(executor).executor else { return nil }
        return settings
    }

    @Test func `Times mean what Slurm means by them`() {
        let seconds = [
            "30": 1_800, "1:30": 90, "4:00:00": 14_400, "2-1": 176_400, "1-0:30": 88_200, "0-0:0:9": 9,
        ]
        for (text, expected) in seconds { #expect(SlurmTime(text)?.seconds == expected, "\(text)") }
        for text in ["", "0", "1:2:3:4", "1-", "-1", "a", "1.5", "1-2-3", "infinite", "99999999"] {
            #expect(SlurmTime(text) == nil, "\(text)")
        }
    }

    @Test func `Workers ask for what the configuration says`() throws {
        #expect(try sweep("local").executor == .local)
        #expect(try settings("slurm")?.arguments == ["--cpus-per-task=1"])
        let all = try settings(
            """
            {type: slurm, partition: cpu, time: 4:00:00, cpus_per_task: 8, mem: 16G, account: vision,
              sbatch: [--qos=low], setup: [module load openblas]}
            """)
        #expect(
            all?.arguments == [
                "--cpus-per-task=8", "--partition=cpu", "--time=4:00:00", "--signal=B:INT@120", "--mem=16G",
                "--account=vision", "--qos=low",
            ])
        #expect(all?.setup == ["module load openblas"])
    }

    @Test(arguments: [
        ("{type: slurm, time: soon}", "executor.time: expected a time as Slurm writes it"),
        ("{type: slurm, mem: much}", "executor.mem: expected memory as Slurm writes it"),
        ("{type: slurm, cpus_per_task: 0}", "executor.cpus_per_task"),
        ("{type: slurm, sbatch: [--array=0-9]}", "other than --array"),
        ("{type: slurm, sbatch: [qos=low]}", "expected an option of sbatch"),
        ("{type: slurm, partitoin: cpu}", "did you mean 'partition'?"),
        ("slrum", "slurm"),
    ])
    func `What Slurm would not understand is refused at its line`(_ executor: String, _ expected: String) {
        let problem = SweepSamples.problem(rate, more: "executor: \(executor)")
        #expect(problem.contains("sweep.yaml:4") && problem.contains(expected), "\(problem)")
    }

    @Test func `A sweep stays the same where others run its workers`() throws {
        #expect(try sweep("slurm").isSame(as: sweep("{type: slurm, partition: cpu}")))
        #expect(try sweep("slurm").isSame(as: SweepSamples.sweep(rate)))
    }

    @Test func `A worker's words reach it as they are`() throws {
        let folder = SweepFolder(url: URL(filePath: "/data/it's, 5%/tiny-001"))
        let settings = try #require(try settings("{type: slurm, setup: [module load x]}"))
        let job = SlurmJob(settings, ["/bin/graft", "it's"], folder: folder)
        #expect(job.script == "#!/bin/sh\nmodule load x\nexec '/bin/graft' 'it'\\''s'\n")
        #expect(job.name == "graft:/data/it_s__5_/tiny-001")
        let same = SweepFolder(url: folder.url.deletingLastPathComponent().appending(path: "tiny-001/"))
        #expect(SlurmJob(settings, [], folder: same).name == job.name)
        let arguments = job.arguments(tasks: 3)
        #expect(arguments.contains("--array=0-2") && arguments.contains("--requeue"))
        #expect(arguments.contains("--output=/data/it's, 5%%/tiny-001/slurm-%A_%a.log"))
    }

    @Test func `What became of a task is told from Slurm's line`() throws {
        let waiting = try #require(SlurmTask("17_3|PENDING|0|Resources|"))
        #expect(waiting.job == "17" && waiting.id == "17_3" && waiting.reason == "Resources")
        #expect(waiting.end == nil)
        let ends: [(String, Int, SlurmTask.End)] = [
            ("COMPLETED", 0, .finished), ("FAILED", 1 << 8, .failed), ("FAILED", 130 << 8, .lost),
            ("PREEMPTED", 0, .lost), ("NODE_FAIL", 0, .lost), ("TIMEOUT", 0, .lost),
            ("CANCELLED", 0, .cancelled), ("OUT_OF_MEMORY", 0, .failed),
        ]
        for (state, code, end) in ends {
            #expect(SlurmTask("17_3|\(state)|\(code)|None|")?.end == end, "\(state)")
        }
        #expect(SlurmTask("slurm_load_jobs error: Invalid job id") == nil)
    }

    @Test func `What other machines see of a folder is told from where it is mounted`() {
        let mounts = """
            22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
            30 22 0:40 / /data rw,relatime shared:9 - nfs4 server:/data rw,vers=4.2
            31 22 0:41 / /scratch\\040one rw - lustre server:/scratch rw

            """
        #expect(FolderSharing("/home/runs", mounts: mounts) == .local(fileSystem: "ext4"))
        #expect(FolderSharing("/data", mounts: mounts) == .withoutLocks(fileSystem: "nfs4"))
        #expect(FolderSharing("/database", mounts: mounts) == .local(fileSystem: "ext4"))
        #expect(FolderSharing("/scratch one/runs", mounts: mounts) == .unobjectionable)
    }
}
