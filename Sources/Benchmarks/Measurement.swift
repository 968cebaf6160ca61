import Foundation

/// What a worker reports, as one line of JSON.
struct Measurement: Codable {
    /// The program with its version: `PyTorch 2.9.0`.
    var program: String
    /// The wall-clock time of every measured step, in seconds; one number in the row `start`.
    var seconds: [Double]
    /// The processor time of every measured step, summed over the threads, in seconds.
    var cpuSeconds: [Double]
    /// The most memory that the process ever had resident (`VmHWM`), in bytes.
    var peakBytes: Int
}

/// Takes the times of steps.
struct Stopwatch {
    private(set) var seconds: [Double] = []
    private(set) var cpuSeconds: [Double] = []

    mutating func time(_ step: () throws -> Void) rethrows {
        let (cpu, start) = (Self.processorTime, ContinuousClock.now)
        try step()
        seconds.append((ContinuousClock.now - start).inSeconds)
        cpuSeconds.append(Self.processorTime - cpu)
    }

    /// The processor time that this process has used, in seconds.
    static var processorTime: Double { Double(clock()) / Double(CLOCKS_PER_SEC) }

    /// The most memory that this process ever had resident, in bytes; 0 where the system does not say.
    static var peakBytes: Int {
        guard let status = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8),
            let line = status.split(separator: "\n").first(where: { $0.hasPrefix("VmHWM:") }),
            let kilobytes = line.split(whereSeparator: { $0 == " " || $0 == "\t" }).dropFirst().first
        else { return 0 }
        return (Int(kilobytes) ?? 0) * 1024
    }
}

extension Duration {
    var inSeconds: Double { Double(components.seconds) + Double(components.attoseconds) * 1e-18 }
}
