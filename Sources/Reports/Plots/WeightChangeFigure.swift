/// How far training has moved each layer of a network.
public struct WeightChangeFigure: Sendable, Equatable {
    /// A layer.
    public struct Layer: Sendable, Equatable {
        /// Its name.
        public var name: String
        /// Its layer group.
        public var group: String
        /// By which share of their norm its arrays have moved; nil where that was 0.
        public var change: Double?
        /// The same for running statistics; nil where it has none.
        public var statisticsChange: Double?
        /// Whether any stage trained it.
        public var isTrained: Bool
        /// Whether its arrays were imported, and not drawn at random.
        public var isImported: Bool

        /// A layer.
        public init(
            name: String, group: String, change: Double?, statisticsChange: Double?, isTrained: Bool,
            isImported: Bool
        ) {
            (self.name, self.group, self.change) = (name, group, change)
            (self.statisticsChange, self.isTrained) = (statisticsChange, isTrained)
            self.isImported = isImported
        }
    }

    /// The layers, from the input to the output.
    public var layers: [Layer]

    /// A figure.
    public init(layers: [Layer]) { self.layers = layers }
}
