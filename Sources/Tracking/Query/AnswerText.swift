import Foundation
import Reports

extension Fact {
    /// The fact as tables show it: numbers with as many digits as tell runs apart, times without their letters, texts on
    /// one line.
    /// - Parameter column: the key that it is for.
    public func shortText(in column: String) -> String {
        switch self {
        case .number(let number):
            if Int(exactly: number) != nil { return description }
            return abs(number) >= 0.001 && abs(number) < 100_000
                ? String(format: "%.4f", number) : String(format: "%.3g", number)
        case .text(let text):
            if column == "began" || column == "ended" {
                return String(text.replacing("T", with: " ").replacing("Z", with: ""))
            }
            let line = text.split(whereSeparator: \.isNewline).joined(separator: " ")
            return line.count > 60 ? line.prefix(59) + "…" : line
        }
    }
}

extension RunQuery.Answer {
    /// An object a run.
    public var json: [[String: Fact]] {
        rows.map { row in
            var object: [String: Fact] = ["name": .text(row.run.name)]
            for (column, fact) in zip(columns, row.facts) { object[column] = fact }
            return object
        }
    }

    /// A line a run.
    public var csv: CSVTable {
        CSVTable(
            header: ["name"] + columns,
            rows: rows.map { row in [row.run.name] + row.facts.map { $0?.description ?? "" } })
    }
}
