import Foundation
import Layers
import Tensors
import Wording

/// What the command line asks for.
struct BenchmarkOptions {
    var networks = BenchmarkNetwork.allCases
    var rows = Row.allCases
    var peers = Peer.allCases
    var rounds = 3
    var steps = 5
    var warmup = 2
    var threads = ProcessInfo.processInfo.activeProcessorCount
    /// A Python that has the peers' packages; nil for an environment of our own.
    var python: String?
    var output = "benchmark-results"

    /// Which peers are meant; the values of `--peers`.
    private enum PeerChoice: String, CaseIterable {
        case none
        case pytorch
        case keras
        case all

        var peers: [Peer] {
            switch self {
            case .none: []
            case .pytorch: [.pytorch]
            case .keras: [.keras]
            case .all: Peer.allCases
            }
        }
    }

    private static let names = [
        "--networks", "--rows", "--peers", "--rounds", "--steps", "--warmup", "--threads", "--python",
        "--output",
        "--help",
    ]

    /// The defaults.
    init() {}

    /// Reads a command line, without the program's name.
    init(_ arguments: [String]) throws(BenchmarkError) {
        var reader = ArgumentReader(arguments)
        while let option = reader.nextOption() {
            switch option {
            case "--networks": networks = try reader.someOf(BenchmarkNetwork.self)
            case "--rows": rows = try reader.someOf(Row.self)
            case "--peers": peers = try reader.oneOf(PeerChoice.self).peers
            case "--rounds": rounds = try reader.integer(from: 1)
            case "--steps": steps = try reader.integer(from: 1)
            case "--warmup": warmup = try reader.integer(from: 0)
            case "--threads": threads = try reader.integer(from: 1)
            case "--python": python = try reader.value()
            case "--output": output = try reader.value()
            default: throw .unknownOption(option, nearest: nearestNames(to: option, among: Self.names))
            }
        }
    }

    static let help = """
        Measures Graft beside PyTorch and Keras, on this machine's processor.

        USAGE: swift run -c release Benchmarks [options]

        Graft, PyTorch and Keras take turns, round by round, each measurement in a process of its own, so that
        a busy spell of the machine meets all of them. What is compared is the median of all measured steps.

        WHAT
          --networks LIST   of vgg16, resnet50, mobilenet, separated by commas (default: all)
          --rows LIST       of these rows, separated by commas (default: all)
              inference-1     class probabilities of one picture
              inference-16    class probabilities of 16 pictures
              training        one step, batch 16 (VGG16: 8): forward, cross-entropy, backward, SGD with momentum
              head            one step of a new Dense(10) on a frozen backbone, batch 16
              start           from the start of a process to its first prediction
              import          a file of weights into a network, each page touched; beside reading its bytes
                            The peak memory of every row's process is measured with it.

        BESIDE WHOM
          --peers WHICH     none, pytorch, keras or all (default: all)
          --python PATH     a Python with torch and tensorflow; by default an environment is made, once, in
                            ${XDG_CACHE_HOME:-~/.cache}/graft/benchmark-peers, by pip from PyPI

        HOW LONG
          --rounds N        how often the programs take turns (default: 3)
          --steps N         measured steps a round (default: 5)
          --warmup N        steps before those, not measured (default: 2)
          --threads N       threads, and processors, of every program (default: all processors)

        WHERE TO
          --output FOLDER   gets measurements.csv, with every step, and table.md (default: benchmark-results)

        EXAMPLES
          swift run -c release Benchmarks --networks mobilenet --rows inference-1,inference-16
          swift run -c release Benchmarks --peers pytorch --rounds 10 --threads 4
        """
}
