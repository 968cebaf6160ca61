import Foundation
import Graft

/// What a command takes for MODEL: the folder of a run, or a file with a whole Keras model.
enum ModelArgument {
    case run(path: String)
    case kerasModel(ModelFile)

    /// What is at a path; where there is nothing, it was meant to be a run.
    /// - Throws: `KerasFileError` where a file holds no model.
    init(_ path: String) throws {
        self =
            if FileManager.default.fileExists(atPath: path), !Self.isFolder(path) {
                .kerasModel(try ModelFile(path))
            } else {
                .run(path: path)
            }
    }

    /// Whether there is a folder at a path.
    static func isFolder(_ path: String) -> Bool {
        var found: ObjCBool = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &found) && found.boolValue
    }
}
