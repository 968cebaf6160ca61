import Foundation
import Tensors

/// The processor that a run computed on.
public struct Processor: Codable, Sendable, Equatable {
    /// What it calls itself: `AMD EPYC 7B13`.
    public var model: String
    /// The instructions that oneDNN uses of it: `avx2`.
    public var instructionSet: String
    /// How many cores the system has.
    public var cores: Int

    private enum CodingKeys: String, CodingKey {
        case model, cores
        case instructionSet = "instruction_set"
    }

    /// The processor of this machine.
    public static var current: Processor {
        Processor(
            model: model(in: (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? ""),
            instructionSet: ComputeLibraries.instructionSet, cores: ProcessInfo.processInfo.processorCount)
    }

    /// The first model that Linux's `/proc/cpuinfo` names; ARM's has numbers instead.
    static func model(in text: String) -> String {
        for key in ["model name", "Model", "CPU implementer"] {
            for line in text.split(separator: "\n") where line.hasPrefix(key) {
                let parts = line.split(separator: ":", maxSplits: 1)
                guard parts.count == 2, parts[0].trimmingCharacters(in: .whitespaces) == key else { continue }
                return (key == "CPU implementer" ? "implementer " : "")
                    + parts[1].trimmingCharacters(in: .whitespaces)
            }
        }
        return "unknown"
    }
}
