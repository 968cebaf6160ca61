import Foundation
import Tensors
import TestSupport
import Testing

@testable import Experiments

@Suite struct ConfigurationDamageTests {
    @Test func `However a file is damaged, it is read or refused, and what is read can be written`() throws {
        let original = Array(try Data(contentsOf: Fixtures.url("configuration/full.yaml")))
        let marks = Array("{}[]:,&*!|>'\"%@`#-?\n \t<~0.9e\0\u{FF}".utf8)
        var random = SeededRandom(seed: 3)
        var (readable, refused) = (0, 0)
        for _ in 0..<1500 {
            var bytes = original
            for _ in 0...random.index(below: 3) {
                let position = random.index(below: bytes.count)
                switch random.index(below: 3) {
                case 0: bytes[position] = marks[random.index(below: marks.count)]
                case 1: bytes.insert(marks[random.index(below: marks.count)], at: position)
                default:
                    bytes.removeSubrange(position..<min(position + 1 + random.index(below: 5), bytes.count))
                }
            }
            do throws(ConfigurationError) {
                let text = String(decoding: bytes, as: UTF8.self)
                let experiment = try ExperimentConfiguration.parse(text, file: "x.yaml")
                #expect(try ExperimentConfiguration.parse(experiment.yaml()) == experiment)
                readable += 1
            } catch {
                #expect(error.description.split(separator: "\n").allSatisfy { $0.hasPrefix("x.yaml:") })
                refused += 1
            }
        }
        #expect(readable > 50 && refused > 50)
    }
}
