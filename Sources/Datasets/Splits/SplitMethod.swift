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
        let own = given.isEmpty ? "" : "the data's own " + given.map(\.rawValue).joined(separator: " and ")
        let new = drawn.isEmpty ? "" : drawn.map(\.rawValue).joined(separator: " and ") + " drawn, \(kind)"
        return [own, new].filter { !$0.isEmpty }.joined(separator: "; ")
    }
}
