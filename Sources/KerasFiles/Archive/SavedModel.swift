import Foundation

/// TensorFlow's SavedModel, a folder with a program in it, which is not read here; what Keras wrote so, Keras can write
/// as one file.
public struct SavedModel: Sendable, Hashable {
    /// The folder.
    public let folder: String
    /// Whether it can be loaded as a Keras model again: `save` of Keras 2 did so, `export` does not.
    public let isKerasModel: Bool

    /// What a path is, or is a part of; nil where it is no SavedModel.
    public init?(_ path: String) {
        let isPart = ["saved_model.pb", "keras_metadata.pb"].contains((path as NSString).lastPathComponent)
        let folder = isPart ? (path as NSString).deletingLastPathComponent : path
        func has(_ name: String) -> Bool {
            FileManager.default.fileExists(atPath: (folder as NSString).appendingPathComponent(name))
        }
        guard has("saved_model.pb") else { return nil }
        self.folder = folder.isEmpty ? "." : folder
        isKerasModel = has("keras_metadata.pb")
    }

    /// The way out, in Python.
    var advice: String {
        guard isKerasModel else {
            return
                "it has no keras_metadata.pb, so that no Keras model can be made of it; save the model itself "
                + "where it was made, with model.save(\"model.keras\")"
        }
        var name = folder
        while name.count > 1, name.hasSuffix("/") { name.removeLast() }
        return """
            write it as one file with Keras 2 (pip install tensorflow tf-keras), in Python:
                import tf_keras
                tf_keras.models.load_model("\(name)").save("\(name == "." ? "model" : name).keras")
            """
    }
}
