import Dispatch
import Foundation
import Synchronization

/// What pictures are compared by, to find those that are the same.
struct PictureFingerprint: Sendable {
    /// Of what the picture looks like.
    let hash: PerceptualHash
    /// The picture in 16 × 16 grey pixels.
    let miniature: [UInt8]
    /// Extents and values, hashed (FNV-1a).
    let content: UInt64
    /// Rows, columns and channels.
    let extents: [Int]

    static let side = 16

    init(_ image: Image) { self.init(hash: PerceptualHash(image), of: image) }

    init(hash: PerceptualHash, of image: Image) {
        self.hash = hash
        miniature = image.grey.resized(height: Self.side, width: Self.side).pixels
        extents = [image.height, image.width, image.channels]
        var content: UInt64 = 0xcbf2_9ce4_8422_2325
        for value in extents.map({ UInt64($0) }) { content = (content ^ value) &* 0x0000_0100_0000_01b3 }
        for value in image.pixels { content = (content ^ UInt64(value)) &* 0x0000_0100_0000_01b3 }
        self.content = content
    }

    /// How alike two pictures are whatever their brightness and contrast: Pearson's correlation of their
    /// miniatures, at most 1; 1 for two even ones.
    func correlation(with other: PictureFingerprint) -> Double {
        let (mean, otherMean) = (Self.mean(miniature), Self.mean(other.miniature))
        var (both, own, others) = (0.0, 0.0, 0.0)
        for (value, otherValue) in zip(miniature, other.miniature) {
            let (first, second) = (Double(value) - mean, Double(otherValue) - otherMean)
            both += first * second
            own += first * first
            others += second * second
        }
        guard own > 0, others > 0 else { return own == others ? 1 : 0 }
        return both / (own * others).squareRoot()
    }

    /// The mean difference of the miniatures' pixels in grey levels, once the fainter picture has the brightness and
    /// contrast of the other.
    func difference(from other: PictureFingerprint) -> Double {
        let (own, others) = (Self.meanAndDeviation(miniature), Self.meanAndDeviation(other.miniature))
        let contrast = max(own.deviation, others.deviation)
        func factor(_ deviation: Double) -> Double { deviation > 0 ? contrast / deviation : 0 }
        let (ownFactor, otherFactor) = (factor(own.deviation), factor(others.deviation))
        var sum = 0.0
        for (value, otherValue) in zip(miniature, other.miniature) {
            let first = (Double(value) - own.mean) * ownFactor
            sum += abs(first - (Double(otherValue) - others.mean) * otherFactor)
        }
        return sum / Double(miniature.count)
    }

    private static func meanAndDeviation(_ values: [UInt8]) -> (mean: Double, deviation: Double) {
        let mean = mean(values)
        let squares = values.reduce(0) { $0 + (Double($1) - mean) * (Double($1) - mean) }
        return (mean, (squares / Double(values.count)).squareRoot())
    }

    private static func mean(_ values: [UInt8]) -> Double {
        Double(values.reduce(0) { $0 + Int($1) }) / Double(values.count)
    }
}

/// The fingerprints of a dataset's pictures.
struct PictureFingerprints: Sendable {
    /// In the samples' order; nil for those that cannot be read.
    let all: [PictureFingerprint?]
    /// What is wrong with those.
    let broken: [SkippedSample]

    /// Decodes every picture once, on all cores.
    init(_ dataset: Dataset, observe: (@Sendable (_ done: Int) -> Void)? = nil) {
        struct State {
            var prints: [PictureFingerprint?]
            var broken: [(index: Int, error: DatasetError)] = []
            var done = 0
        }
        let samples = dataset.samples
        let state = Mutex(State(prints: [PictureFingerprint?](repeating: nil, count: samples.count)))
        let chunk = 32
        DispatchQueue.concurrentPerform(iterations: (samples.count + chunk - 1) / chunk) { part in
            let range = (part * chunk)..<min(samples.count, (part + 1) * chunk)
            let results = range.map { index in
                Result { () throws(DatasetError) in PictureFingerprint(try samples[index].image()) }
            }
            let done = state.withLock { state in
                for (index, result) in zip(range, results) {
                    switch result {
                    case .success(let print): state.prints[index] = print
                    case .failure(let error): state.broken.append((index, error))
                    }
                }
                state.done += range.count
                return state.done
            }
            observe?(done)
        }
        (all, broken) = state.withLock { state in
            (
                state.prints,
                state.broken.sorted { $0.index < $1.index }.map {
                    SkippedSample(identifier: samples[$0.index].identifier, reason: "\($0.error)")
                }
            )
        }
    }
}
