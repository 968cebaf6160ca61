/// A task of a job array, as squeue lists it.
struct SlurmTask: Equatable, Sendable {
    /// The array's job.
    let job: String
    /// The job and the index in the array, as scancel takes it: `17_3`.
    let id: String
    /// Where it is, in Slurm's words: `PENDING`.
    let state: String
    /// The exit code of a task that is over.
    let exitCode: Int
    /// Why it waits, in Slurm's words: `Resources`.
    let reason: String

    /// What became of a task.
    enum End: Equatable {
        /// The worker found nothing left to do.
        case finished
        /// The worker could not work.
        case failed
        /// Somebody cancelled it.
        case cancelled
        /// It was preempted, its time was up, its node died, or it gave back its trial: another is needed.
        case lost
    }

    /// How it ended; nil while it has not.
    var end: End? {
        switch state {
        case "COMPLETED": .finished
        // Codes of programs that a signal ends, or that end for one.
        case "FAILED": [130, 137, 143].contains(exitCode) ? .lost : .failed
        case "OUT_OF_MEMORY": .failed
        case "CANCELLED": .cancelled
        case "PREEMPTED", "TIMEOUT", "NODE_FAIL", "BOOT_FAIL", "DEADLINE", "REVOKED": .lost
        default: nil
        }
    }

    /// The columns of squeue that a task is read from.
    static let format = ["JobArrayID", "State", "exit_code", "Reason"].map { "\($0):|" }.joined(
        separator: ",")

    /// A line of squeue's.
    /// - Returns: nil for a line of another form.
    init?(_ line: Substring) {
        let fields = line.split(separator: "|", omittingEmptySubsequences: false).map {
            $0.trimmingPrefix { $0 == " " }
        }
        guard fields.count >= 4, !fields[0].isEmpty, let code = Int(fields[2]) else { return nil }
        id = String(fields[0])
        job = String(fields[0].prefix { $0 != "_" })
        state = String(fields[1])
        // As wait(2) has it: the code in the second byte.
        exitCode = code >> 8
        reason = String(fields[3])
    }
}
