import Layers

extension Network {
    /// Where the residual branches of the network's blocks end: before the sums with the shortcuts, of which
    /// the branch comes later in the network's order.
    var residualBranches: [Network.Link] {
        nodes.enumerated().compactMap { index, node in
            guard node.layer is Add, node.inputs.count == 2, node.inputShapes[0] == node.inputShapes[1] else {
                return nil
            }
            return Network.Link(node: index, input: node.inputs[1] > node.inputs[0] ? 1 : 0)
        }
    }

    /// The network with stochastic depth: while training, each residual block leaves its branch out for some
    /// of the pictures, so that only the shortcut is left; what remains is scaled up, so that at inference
    /// nothing has to be. The layers have no arrays, and are called `…_stochastic_depth` after the sums.
    ///
    /// The linear rule of Huang et al., "Deep networks with stochastic depth", ECCV 2016: of L blocks, the
    /// l-th (from 1) is left out with the probability `rate · l / L`; the shortcut never is, projections
    /// included.
    /// - Parameter rate: that of the last block, in `0..<1`; 0 for the network as it is.
    /// - Throws: ``ArchitectureError/noResidualBlocks(architecture:known:)``, ``LayerError``
    public func withStochasticDepth(rate: Double) throws -> Network {
        guard rate != 0 else { return self }
        let branches = residualBranches
        guard !branches.isEmpty else {
            let known = Architecture.all.filter { $0.hasResidualBlocks }.map(\.name)
            throw ArchitectureError.noResidualBlocks(architecture: name, known: known)
        }
        var layers: [Network.Link: any Layer] = [:]
        for (number, branch) in zip(1..., branches) {
            layers[branch] = StochasticDepth(
                "\(nodes[branch.node].name)_stochastic_depth",
                dropPathRate: Float(rate * Double(number) / Double(branches.count)))
        }
        return try inserting(layers)
    }
}

extension Architecture {
    /// Whether it has blocks that add something to what they get.
    var hasResidualBlocks: Bool {
        (try? network(alpha: alphas[0], includeTop: false))?.residualBranches.isEmpty == false
    }
}
