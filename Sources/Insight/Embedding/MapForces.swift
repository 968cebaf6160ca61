/// What pulls and pushes the points of a t-SNE map.
protocol MapForces: Sendable {
    /// The gradient of the divergence with respect to each point.
    /// - Parameter exaggeration: what the affinities are multiplied by.
    func gradient(_ xs: [Float], _ ys: [Float], exaggeration: Float) -> (x: [Float], y: [Float])

    /// The Kullback-Leibler divergence of the map from the samples.
    func divergence(_ xs: [Float], _ ys: [Float], exaggeration: Float) -> Double
}
