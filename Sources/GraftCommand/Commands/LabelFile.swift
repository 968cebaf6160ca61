import Foundation
import Graft

/// The file that `--labels` names: the classes, one a line, in the order of a model's outputs.
enum LabelFile {
    /// The classes' names; Teachable Machine's lines begin with the class's number, which is left out.
    /// - Parameter count: how many outputs the model has.
    /// - Throws: `UsageError` where the file cannot be read or has another number of lines.
    static func names(in file: String, count: Int, command: String) throws -> [String] {
        func problem(_ expected: String, _ found: String) -> UsageError {
            .badValue(option: "labels", expected: expected, found: found, command: command)
        }
        guard let data = FileManager.default.contents(atPath: file) else {
            throw problem("a file that can be read", file)
        }
        guard let text = String(data: data, encoding: .utf8) else {
            throw problem("a file of UTF-8 text", file)
        }
        let lines = text.split(whereSeparator: \.isNewline)
        guard lines.count == count else {
            throw problem("\(count) lines, one an output of the model", "\(lines.count) lines in \(file)")
        }
        let numbered = lines.enumerated().allSatisfy { $1.hasPrefix("\($0) ") }
        return lines.enumerated().map { number, line in
            numbered ? String(line.dropFirst("\(number) ".count)) : String(line)
        }
    }
}
