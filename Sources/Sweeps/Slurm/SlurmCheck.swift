import Foundation

extension SlurmSettings {
    /// Asks Slurm whether it would take a worker, and submits nothing.
    /// - Throws: ``SweepError/slurm(command:reason:)``, ``SweepError/noPartition(name:reason:)``
    public func check() throws {
        let client = SlurmClient()
        let partitions = try client.partitions()
        if let partition { try check(partition, among: partitions) }
        try client.test("#!/bin/sh\n", ["--array=0-0"] + arguments)
    }

    private func check(_ name: String, among partitions: [SlurmPartition]) throws(SweepError) {
        guard let partition = partitions.first(where: { $0.name == name }) else {
            let known = partitions.map(\.name).joined(separator: ", ")
            throw .noPartition(name: name, reason: "the cluster has none of this name, but \(known)")
        }
        guard partition.isUp else {
            throw .noPartition(name: name, reason: "it is not up: nothing in it is started")
        }
        // Slurm would take such a job, and never start it.
        if let limit = partition.limit, let time, time.seconds > limit.seconds {
            throw .noPartition(
                name: name, reason: "expected a time of \(limit.text) at most, found \(time.text)")
        }
    }
}
