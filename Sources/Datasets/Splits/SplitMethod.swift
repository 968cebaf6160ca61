/// How a dataset's samples came into their splits.
public struct SplitMethod: Sendable, Equatable, Codable, CustomStringConvertible {
    /// Which splits the source had itself.
    public var given: [Split] = []
    /// Which were drawn.
    public var drawn: [Split] = []
    /// How many groups were kept whole by drawing; nil where there are none, or they were torn apart.
    public var groups: Int?
    /// The fold that is tested on, and how many there are; nil without folds.
    public var fold: Fold?

    /// One of several parts that take turns as the test split.
    public struct Fold: Sendable, Equatable, Codable {
        /// Its number, from 0.
        public var number: Int
        /// How many there are.
        public var count: Int

        /// A fold.
        public init(number: Int, of count: Int) {
            self.number = number
            self.count = count
        }
    }

    /// The method in words.
    public var description: String {
        let kind = groups.map { "stratified, each of \($0) groups (subjects) kept whole" } ?? "stratified"
        if let fold { return "fold \(fold.number) of \(fold.count) tested, \(kind)" }
        let own = given.isEmpty ? "" : "the data's own \(Self.names(given))"
        let new = drawn.isEmpty ? "" : "\(Self.names(drawn)) drawn, \(kind)"
        let parts = [own, new].filter { !$0.isEmpty }
        return parts.isEmpty ? "none, all pictures are to train on" : parts.joined(separator: "; ")
    }

    private static func names(_ splits: [Split]) -> String {
        let names = splits.map(\.rawValue)
        return names.count > 2
            ? names.dropLast().joined(separator: ", ") + " and \(names.last ?? "")"
            : names.joined(separator: " and ")
    }
}
