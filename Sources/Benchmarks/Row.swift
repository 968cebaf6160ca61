/// What is measured of a network: a row of the table.
enum Row: String, CaseIterable {
    /// Class probabilities of one picture.
    case inference1 = "inference-1"
    /// Class probabilities of 16 pictures.
    case inference16 = "inference-16"
    /// Forward, cross-entropy, backward and an update of all arrays by SGD with momentum.
    case training
    /// The same of a new `Dense(10)` on the pooled features of a frozen backbone.
    case head
    /// From the start of a process to its first prediction of one picture.
    case start
    /// Reading a file of weights into a network that is there, to the last page.
    case importing = "import"

    /// How many pictures a step takes.
    func batchSize(of network: BenchmarkNetwork) -> Int {
        switch self {
        case .inference1, .start, .importing: 1
        case .inference16, .head: 16
        case .training: network == .vgg16 ? 8 : 16
        }
    }

    /// The row's heading.
    func title(of network: BenchmarkNetwork) -> String {
        let batch = batchSize(of: network)
        return switch self {
        case .inference1, .inference16: "inference, batch \(batch)"
        case .training: "training step, batch \(batch)"
        case .head: "head-only step, batch \(batch)"
        case .start: "start to first prediction"
        case .importing: "import of the weights"
        }
    }
}
