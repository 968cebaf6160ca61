import Foundation
import KerasFiles
import Tensors

/// The cases of a run: numbered, and the same for the same seed number and files.
struct Cases {
    let seeds: [Seed]
    let seedNumber: UInt64

    /// The file that case is made of, and what is made of it.
    func file(of number: Int) -> (seed: Seed, bytes: [UInt8]) {
        let seed = seeds[number % seeds.count]
        var random = SeededRandom(seed: seedNumber, stream: number)
        return (seed, seed.mutated(&random))
    }
}

/// What became of a case.
enum Outcome: Equatable {
    /// The file was read to its end, and its model built if it has one.
    case opened
    /// The file was refused as it should be.
    case refused(String)
    /// Something else happened than a person could act on.
    case wrong(String)

    /// Reads everything that there is in a file.
    init(reading path: String, in place: ReadingPlace) {
        do {
            let file = try WeightsFile(path, in: place)
            _ = file.summary
            for layer in file.layers { for array in layer.arrays { Self.use(try file.read(array)) } }
            do { _ = try ModelFile(file).model() } catch KerasFileError.noModel { self = .opened; return }
            self = .opened
        } catch let error as KerasFileError {
            let text = "\(error)"
            self =
                text.hasPrefix("\(path): ") && text.count < 100_000
                ? .refused(String(text.dropFirst(path.count + 2).prefix(160)))
                : .wrong("unnamed file: \(text)")
        } catch {
            self = .wrong("\(type(of: error)): \(error)")
        }
    }

    private static func use(_ tensor: Tensor) {
        // What is mapped is only read now.
        tensor.withElements { span in
            var index = 0
            while index < span.count {
                withExtendedLifetime(span[index]) {}
                index += 1024
            }
        }
    }

    /// Whether two ways of reading came to the same; where memory has a limit, the reason may be another.
    func isLike(_ other: Outcome) -> Bool {
        switch (self, other) {
        case (.opened, .opened), (.refused, .refused): true
        default: false
        }
    }

    /// The outcome as a line of text.
    var line: String {
        switch self {
        case .opened: "opened"
        case .refused(let reason): "refused \(Self.oneLine(reason))"
        case .wrong(let what): "wrong \(Self.oneLine(what))"
        }
    }

    private static func oneLine(_ text: String) -> String {
        String(
            text.unicodeScalars.map {
                $0.value < 0x20 || $0 == "\u{85}" || $0.value == 0x2028 ? " " : Character($0)
            })
    }
}
