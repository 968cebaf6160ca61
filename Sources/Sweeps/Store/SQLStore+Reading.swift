import Databases
import Foundation

extension SQLStore {
    /// All trials; within a transaction.
    func readTrials() throws -> [Trial] {
        let parameters = try grouped(database.run("SELECT trial, path, number FROM parameters"))
        let metrics = try grouped(
            database.run("SELECT trial, epoch, name, value FROM metrics ORDER BY trial, epoch"))
        return try database.run(
            "SELECT number, state, attempts, worker, began, ended, error FROM trials ORDER BY number"
        ).compactMap { row in
            guard let number = row[0].integer, let state = row[1].text.flatMap(Trial.State.init) else {
                return nil
            }
            var trial = Trial(number: number, state: state, assignment: [:])
            for entry in parameters[number] ?? [] {
                if let path = entry[1].text, let value = entry[2].real { trial.assignment[path] = value }
            }
            for entry in metrics[number] ?? [] { Self.add(entry, to: &trial) }
            trial.attempts = row[2].integer ?? 0
            trial.worker = WorkerIdentity(encoded: row[3].text)
            trial.began = row[4].real.map(Date.init(timeIntervalSince1970:))
            trial.ended = row[5].real.map(Date.init(timeIntervalSince1970:))
            trial.error = row[6].text
            return trial
        }
    }

    private func grouped(_ rows: [[SQLValue]]) -> [Int: [[SQLValue]]] {
        Dictionary(grouping: rows) { $0[0].integer ?? 0 }
    }

    private static func add(_ entry: [SQLValue], to trial: inout Trial) {
        guard let epoch = entry[1].integer, let name = entry[2].text else { return }
        // Not a number is kept as nothing.
        let value = entry[3].real ?? .nan
        if epoch == 0 {
            trial.results[name] = value
        } else {
            while trial.epochs.count < epoch { trial.epochs.append([:]) }
            trial.epochs[epoch - 1][name] = value
        }
    }
}
