import Foundation

/// What a run's log says of it, line by line.
struct RunHistory {
    /// What it is known by: `began`, `command`, `error`, `resumed`.
    private(set) var facts: [String: Fact] = [:]
    /// The epoch, through all stages, whose weights the run kept; nil where no stage has ended.
    private(set) var keptEpoch: Int?
    /// Why the run ended before its time, if it did.
    private(set) var error: String?

    /// Reads a log; lines that were cut off are passed over.
    init(_ folder: URL) {
        guard let data = try? Data(contentsOf: folder.appending(path: "log.jsonl")) else { return }
        let decoder = JSONDecoder()
        var resumed = 0
        for line in data.split(separator: UInt8(ascii: "\n")) {
            guard Self.matters(line), let value = try? decoder.decode(RecordedValue.self, from: line) else {
                continue
            }
            error = nil
            switch value["event"]?.text {
            case "began":
                facts["began"] = value["time"]?.text.map(Fact.text)
                facts["command"] = Self.command(value).map(Fact.text)
            case "resumed": resumed += 1
            case "failed":
                error = value["error"]?.text ?? "unknown"
                facts["ended"] = value["time"]?.text.map(Fact.text)
            case "stage_ended" where value["variant"]?.text == "fine_tuned":
                keptEpoch = value["kept_epoch"]?.number.map { Int($0) }
            default: break
            }
        }
        if resumed > 0 { facts["resumed"] = .number(Double(resumed)) }
        if let error { facts["error"] = .text(error) }
    }

    /// Epochs are most of the lines, and are in a table as well.
    private static func matters(_ line: Data) -> Bool { !line.prefix(400).contains(Self.epoch) }

    private static let epoch = Data(#""event":"epoch""#.utf8)

    private static func command(_ value: RecordedValue) -> String? {
        guard case .list(let words)? = value["command_line"], !words.isEmpty else { return nil }
        return words.compactMap(\.text).joined(separator: " ")
    }
}

extension Data {
    fileprivate func contains(_ other: Data) -> Bool { range(of: other) != nil }
}
