import Layers

/// Unfreezes layer groups within a stage one after another, from the head downwards: Howard and Ruder,
/// "Universal language model fine-tuning for text classification", ACL 2018.
///
/// The optimizer goes on: what it remembers of the groups that were trained already stays, and those that
/// join begin at their own first step.
public struct GradualUnfreezing: Sendable, Equatable {
    /// How many epochs pass until the next groups join.
    public var every: Int
    /// How many groups join at a time, and how many the stage begins with.
    public var groups: Int

    /// One group every so many epochs, if nothing else is said.
    public init(every: Int, groups: Int = 1) {
        self.every = every
        self.groups = groups
    }

    /// The layers that are trained in an epoch.
    /// - Parameters:
    ///   - layers: those that are trained in the end.
    ///   - epoch: counted from 0 in the stage.
    public func layers(_ layers: Set<String>, of network: Network, inEpoch epoch: Int) -> Set<String> {
        let joined = network.trainableGroups(in: layers).suffix((epoch / every + 1) * groups)
        return layers.intersection(network.nodes.filter { joined.contains($0.group) }.map(\.name))
    }
}
