import Foundation

/// A table as comma-separated values: RFC 4180, but with a line feed alone at the end of every line.
public struct CSVTable: Sendable, Equatable {
    /// The columns' names.
    public var header: [String]
    /// The lines, each with one field a column.
    public var rows: [[String]]

    /// A table.
    public init(header: [String], rows: [[String]] = []) {
        self.header = header
        self.rows = rows
    }

    /// The table as text; fields with commas, quotes or line ends are quoted.
    public var text: String { ([header] + rows).map { Self.line($0) }.joined() }

    /// A number as the shortest text that reads back as the same number; `inf` for infinity.
    public static func field(_ number: Double) -> String { "\(number)" }

    /// A number, or nothing where there is none.
    public static func field(_ number: Double?) -> String { number.map { "\($0)" } ?? "" }

    private static func line(_ fields: [String]) -> String {
        // One empty field would be an empty line, which readers skip.
        fields == [""] ? "\"\"\n" : fields.map(quoted).joined(separator: ",") + "\n"
    }

    private static func quoted(_ field: String) -> String {
        guard field.utf8.contains(where: { #",""#.utf8.contains($0) || $0 == 10 || $0 == 13 }) else {
            return field
        }
        return "\"" + field.replacing("\"", with: "\"\"") + "\""
    }
}
