extension ConfusionMatrix {
    /// How much more often labels and predictions agree than by chance: scikit-learn's `cohen_kappa_score`.
    /// nil where they would always agree by chance.
    ///
    /// Cohen, "A coefficient of agreement for nominal scales", 1960.
    public var cohenKappa: Double? {
        let total = Double(sampleCount)
        let byChance = zip(trueCounts, predictedCounts).reduce(0) { $0 + Double($1.0) / total * Double($1.1) }
        let agreed = Double(counts.indices.reduce(0) { $0 + counts[$1][$1] })
        return byChance == total ? nil : 1 - (total - agreed) / (total - byChance)
    }

    /// The correlation of labels and predictions: scikit-learn's `matthews_corrcoef`, 0 where all labels or all
    /// predictions are the same.
    ///
    /// Gorodkin, "Comparing two K-category assignments by a K-category correlation coefficient", 2004.
    public var matthewsCorrelation: Double {
        let total = Double(sampleCount)
        let (actual, predicted) = (trueCounts.map(Double.init), predictedCounts.map(Double.init))
        func covariance(_ a: [Double], _ b: [Double], together: Double) -> Double {
            together * total - zip(a, b).reduce(0) { $0 + $1.0 * $1.1 }
        }
        let agreed = Double(counts.indices.reduce(0) { $0 + counts[$1][$1] })
        let both =
            covariance(actual, actual, together: total) * covariance(predicted, predicted, together: total)
        return both == 0 ? 0 : covariance(actual, predicted, together: agreed) / both.squareRoot()
    }
}
