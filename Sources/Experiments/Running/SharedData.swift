import Datasets

/// What experiments that follow each other in a program have in common: where they ask for the same pictures, these are
/// found and split once; where they import the same weights, these are read once.
///
/// It remembers the last section `data`; pictures that change meanwhile are not looked at again.
public final class SharedData {
    /// What decides which pictures there are, and in which splits.
    private struct Request: Equatable {
        var data: DataConfiguration
        var seed: UInt64

        init(_ data: DataConfiguration, _ seed: UInt64) {
            self.data = data
            self.seed = seed
            // How pictures are varied, and by how many threads, changes nothing in them.
            self.data.augmentation = AugmentationConfiguration()
            self.data.threads = nil
        }
    }

    /// What is imported: read once, as long as it is the same file for the same layers.
    let weights = SharedWeights()
    /// What pictures look like, whatever splits they are in.
    private let memory = FingerprintMemory()
    private var known: (request: Request, pictures: SharedPictures)?

    /// Nothing yet.
    public init() {}

    /// The pictures of a section `data`.
    /// - Throws: ``DatasetError``, which names the file and the line.
    func pictures(_ data: DataConfiguration, seed: UInt64) throws -> SharedPictures {
        let request = Request(data, seed)
        if let known, known.request == request { return known.pictures }
        // Those before can go before others take their place in memory.
        known = nil
        let pictures = SharedPictures(
            try data.prepare(seed: seed, remembering: memory), remembering: memory)
        known = (request, pictures)
        return pictures
    }
}
