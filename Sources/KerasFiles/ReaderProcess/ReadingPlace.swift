/// Which process takes a file's structure apart.
///
/// The HDF5 library that Debian 12 has (1.10.8) can be brought down by forged metadata, and whoever brings a
/// library down may do worse. So a file's groups, attributes and layouts, and all numbers that have to be
/// decompressed or converted, are read in a child process with limits. This process hears where plain numbers
/// lie, checks that they lie within the file, and maps them from there.
public enum ReadingPlace: Sendable {
    /// A process of its own, whose end, whatever brings it about, is an error that names the file.
    case childProcess(ReaderLimits = ReaderLimits())
    /// This process, which a forged file may bring down: for files that it has written itself, and for
    /// programs that are such a child already.
    case thisProcess
}

/// How much a reading process may use. What is not set follows from the file's size.
public struct ReaderLimits: Sendable, Hashable, Codable {
    /// Bytes of memory, beyond those that the program has when it starts; by default a gigabyte and four times
    /// the file's size.
    public var memory: Int?
    /// Seconds of processor time; by default 20, and one more for each 16 MB.
    public var processorSeconds: Int?
    /// Seconds without an answer after which the process is given up, although it may merely wait for a slow
    /// disk; by default 10 for each second of processor time.
    public var patience: Double?

    /// Limits; nil is what follows from the file's size.
    public init(memory: Int? = nil, processorSeconds: Int? = nil, patience: Double? = nil) {
        (self.memory, self.processorSeconds, self.patience) = (memory, processorSeconds, patience)
    }

    /// The limits for a file, all of them set.
    func resolved(fileSize: Int) -> ReaderLimits {
        let seconds = processorSeconds ?? 20 + fileSize >> 24
        return ReaderLimits(
            memory: memory ?? 1 << 30 + 4 * min(fileSize, Int.max >> 4), processorSeconds: seconds,
            patience: patience ?? 10 * Double(seconds))
    }
}
