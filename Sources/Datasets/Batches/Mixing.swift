import Tensors

/// Mixes the samples of a batch with one another, pictures and targets alike, so that a network learns to be
/// as unsure as its input is mixed: mixup (Zhang et al., ICLR 2018) and CutMix (Yun et al., ICCV 2019).
///
/// Each batch has one ratio and one partner for every sample, drawn at random.
public struct Mixing: Sendable, Equatable {
    /// The parameter of mixup's beta distribution, from which ratios are drawn; 0 for no mixup.
    public var mixup: Double
    /// The same of CutMix.
    public var cutmix: Double
    /// The share of batches that are mixed.
    public var probability: Double
    /// The share of those for which CutMix is taken, where there is mixup too.
    public var switchProbability: Double

    /// No mixing but what is given.
    public init(
        mixup: Double = 0, cutmix: Double = 0, probability: Double = 1, switchProbability: Double = 0.5
    ) {
        self.mixup = mixup
        self.cutmix = cutmix
        self.probability = probability
        self.switchProbability = switchProbability
    }

    /// Whether anything is mixed.
    public var isActive: Bool { (mixup > 0 || cutmix > 0) && probability > 0 }

    /// How a batch is mixed; nil where it is not.
    /// - Parameters:
    ///   - count: how many samples it has.
    ///   - input: a picture's extents, `[H, W, C]`.
    func draw(_ random: inout SeededRandom, count: Int, input: Shape) -> Mixture? {
        guard isActive, Double(random.uniform()) < probability else { return nil }
        let cuts = cutmix > 0 && (mixup == 0 || Double(random.uniform()) < switchProbability)
        let ratio = random.beta(cuts ? cutmix : mixup)
        let partners = random.permutation(of: count)
        guard cuts else { return Mixture(partners: partners, ratio: ratio, box: nil) }
        let center = (row: random.index(below: input[0]), column: random.index(below: input[1]))
        let box = Box(around: center, leaving: ratio, ofHeight: input[0], width: input[1])
        return Mixture(
            partners: partners, ratio: box.shareOutside(height: input[0], width: input[1]), box: box)
    }
}

/// A part of a picture.
struct Box: Sendable, Equatable {
    var rows: Range<Int>
    var columns: Range<Int>

    init(rows: Range<Int>, columns: Range<Int>) {
        self.rows = rows
        self.columns = columns
    }

    /// The part that CutMix replaces: of the picture's proportions, cut off at its edges.
    /// - Parameter ratio: the share of the picture that would stay, were it not cut off.
    init(around center: (row: Int, column: Int), leaving ratio: Double, ofHeight height: Int, width: Int) {
        let half = 0.5 * (1 - ratio).squareRoot()
        let (halfHeight, halfWidth) = (Int(half * Double(height)), Int(half * Double(width)))
        rows = max(center.row - halfHeight, 0)..<min(center.row + halfHeight, height)
        columns = max(center.column - halfWidth, 0)..<min(center.column + halfWidth, width)
    }

    /// How much of a picture lies outside.
    func shareOutside(height: Int, width: Int) -> Double {
        1 - Double(rows.count * columns.count) / Double(height * width)
    }
}
