/// A program that Graft is measured beside.
enum Peer: String, CaseIterable {
    case pytorch
    case keras

    /// The script that does the work, in the folder `peers`.
    var script: String { "\(rawValue)_worker.py" }

    /// The packages that it needs, by PyPI's names.
    var packages: [String] {
        switch self {
        case .pytorch: ["torch", "numpy"]
        case .keras: ["tensorflow-cpu", "keras"]
        }
    }

    /// The modules that must be there.
    var modules: [String] {
        switch self {
        case .pytorch: ["torch", "numpy"]
        case .keras: ["tensorflow", "keras"]
        }
    }
}

/// A program that takes its turn in a round.
enum Contestant: Hashable {
    case graft
    case peer(Peer)
    /// No program, but the measure for the row ``Row/importing``: the file's bytes from the page cache, a megabyte
    /// at a time into the same memory, as `cat` reads.
    case reading

    /// The ending of the files that it keeps weights in.
    var weightsSuffix: String {
        switch self {
        case .graft: "graft.weights.h5"
        case .peer(.pytorch): "pytorch.pt"
        case .peer(.keras): "keras.weights.h5"
        case .reading: Contestant.graft.weightsSuffix
        }
    }

    /// The heading of its columns.
    var title: String {
        switch self {
        case .graft: "Graft"
        case .peer(.pytorch): "PyTorch"
        case .peer(.keras): "Keras"
        case .reading: "Plain reading"
        }
    }
}
