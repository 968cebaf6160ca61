import Foundation
import Graft

/// What a command takes for MODEL: the folder of a run, or a file with a whole Keras model.
enum ModelArgument {
    case run(path: String)
    case kerasModel(ModelFile)

    /// What is at a path; where there is nothing, the name tells what was meant.
    /// - Throws: `KerasFileError` where a file holds no model, or is not there.
    init(_ path: String) throws {
        if let model = SavedModel(path) { throw KerasFileError.savedModel(model) }
        let isThere = FileManager.default.fileExists(atPath: path)
        let isModel = isThere ? !Self.isFolder(path) : (try? ModelWriter.Format(path: path)) != nil
        self = isModel ? .kerasModel(try ModelFile(path)) : .run(path: path)
    }

    /// Whether there is a folder at a path.
    static func isFolder(_ path: String) -> Bool {
        var found: ObjCBool = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &found) && found.boolValue
    }
}

extension ModelFile {
    /// Reads the model, and prints to standard error what was passed over or converted.
    /// - Throws: `UsageError`, `KerasFileError`
    func model(_ arguments: Arguments, command: String) throws -> KerasModel {
        let size = try arguments.integer("input-size", atLeast: 1, command: command)
        let model = try model(size: size.map { Pair($0) })
        for note in model.notes + model.report.notes { Terminal.error.print("note: \(note)") }
        return model
    }
}

extension ImportReport {
    /// What is worth knowing of an import, in sentences.
    fileprivate var notes: [String] {
        [("left out", leftOut), ("not read", ignored), ("converted", converted)].compactMap { title, names in
            guard !names.isEmpty else { return nil }
            let more = names.count > 3 ? " and \(names.count - 3) more" : ""
            return "\(title): \(names.prefix(3).joined(separator: ", "))\(more)"
        }
    }
}
