import Foundation

extension Dataset {
    /// The samples with the group that a pattern finds in each file's name: what must not be torn apart by a
    /// split, such as all pictures of a person.
    /// - Parameter pattern: a regular expression; the group is what its first capture matches, or all of it
    ///   where it has none.
    /// - Throws: ``DatasetError/request(_:expected:found:)`` where the pattern is none, or matches nothing in
    ///   a name.
    public func grouped(byPattern pattern: String) throws(DatasetError) -> Dataset {
        let regex: Regex<AnyRegexOutput>
        do {
            regex = try Regex(pattern)
        } catch {
            throw .request(
                "group pattern", expected: "a regular expression", found: "'\(pattern)' (\(error))")
        }
        var result = self
        for index in samples.indices {
            let name = samples[index].fileName
            guard let match = try? regex.firstMatch(in: name) else {
                throw .request(
                    "group of \(samples[index].identifier)",
                    expected: "a file name that matches '\(pattern)'",
                    found: "'\(name)'")
            }
            let capture = match.output.count > 1 ? match.output[1].substring : nil
            result.samples[index].group = String(capture ?? match.output[0].substring ?? "")
        }
        return result
    }

    /// The samples without groups, which splits then may tear apart.
    public var ungrouped: Dataset {
        var result = self
        for index in samples.indices { result.samples[index].group = nil }
        return result
    }

    /// The samples with the groups that they have in another dataset, found by their identifiers: what was split as if
    /// there were none can be judged by them all the same.
    public func grouped(like other: Dataset) -> Dataset {
        let groups = Dictionary(other.samples.map { ($0.identifier, $0.group) }) { first, _ in first }
        var result = self
        for index in samples.indices {
            result.samples[index].group = groups[samples[index].identifier] ?? nil
        }
        return result
    }

    /// Whether any sample belongs to a group.
    public var hasGroups: Bool { samples.contains { $0.group != nil } }
}

extension Sample {
    /// The name of the picture's file, without its folders.
    var fileName: String { identifier.split(separator: "/").last.map(String.init) ?? identifier }
}
