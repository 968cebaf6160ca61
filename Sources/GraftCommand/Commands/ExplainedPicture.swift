import Foundation
import Graft

/// A picture that is to be explained.
struct ExplainedPicture {
    /// What its files are called.
    var name: String
    /// Where it comes from.
    var source: String
    /// Its class, or all of them where they are told each by itself; nil where that is not known.
    var truth: [Int]?
    /// The classes that are looked for; the predicted one if empty.
    var labels: [Int]
    /// Reads it.
    var image: () throws -> Image

    /// A picture in a file, of the class that its folder is called by, if it is. Of several classes a folder tells one
    /// at most.
    init(_ file: String, labels: [Int], for classifier: ImageClassifier) {
        let url = URL(filePath: file)
        name = url.deletingPathExtension().lastPathComponent
        source = file
        let own = classifier.classNames.firstIndex(of: url.deletingLastPathComponent().lastPathComponent)
        truth = classifier.isMultiLabel ? nil : own.map { [$0] }
        self.labels = labels
        image = { try Image(contentsOfFile: file) }
    }

    init(name: String, sample: Sample, truth: [Int], labels: [Int]) {
        (self.name, self.labels) = (name, labels)
        (source, self.truth) = (sample.identifier, truth)
        image = { try sample.image() }
    }
}
