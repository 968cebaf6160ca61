import Architectures
import Foundation

extension Results {
    /// Times and peaks of memory as Markdown tables, with the peers' in proportion to Graft's.
    func markdown(_ machine: String) -> String {
        """
        \(machine)
        \(programs.joined(separator: ", "))

        ### Time, in milliseconds (median)

        \(table(digits: 1) { seconds($0, $1).map { $0 * 1000 } })

        ### Processor time of all threads, in milliseconds (median)

        \(table(digits: 1) { processorSeconds($0, $1).map { $0 * 1000 } })

        ### Peak memory of the process, in megabytes (median)

        \(table(digits: 0) { peakBytes($0, $1).map { $0 / 1e6 } })

        A ratio is the peer's number divided by Graft's: above 1, Graft needs less.

        """
    }

    private func table(digits: Int, _ value: (Job, Contestant) -> Double?) -> String {
        let peers = contestants.dropFirst()
        let header =
            ["Network", "Row"] + contestants.map(\.title) + peers.map { "\($0.title) / Graft" }
        let rule = ["---", "---"] + (contestants.map(\.title) + peers.map(\.title)).map { _ in "---:" }
        let lines = jobs.map { job -> [String] in
            let values = contestants.map { value(job, $0) }
            let ratios = values.dropFirst().map { peer in
                zip(peer, values[0]).map { ($0 / $1).formatted(digits: 2) } ?? "–"
            }
            return [job.network.architecture.displayName, job.row.title(of: job.network)]
                + values.map { $0?.formatted(digits: digits) ?? "–" } + ratios
        }
        return ([header, rule] + lines).map { "| " + $0.joined(separator: " | ") + " |" }
            .joined(separator: "\n")
    }
}

/// Both values, if both are there.
private func zip(_ first: Double?, _ second: Double?) -> (Double, Double)? {
    guard let first, let second else { return nil }
    return (first, second)
}

extension Double {
    /// The number with so many digits behind the point.
    func formatted(digits: Int) -> String { String(format: "%.\(digits)f", self) }
}
