import Experiments

private enum EarlyTerminationName: String, CaseIterable {
    case hyperband, median, asha
}

extension Field<EarlyTermination> {
    /// When trials are stopped, by a metric that every epoch has.
    static func earlyTermination(_ metrics: [Metric]) -> Field {
        section("a mapping with 'type' and what that needs") { section in
            let type = section.decisive("type", as: Field<EarlyTerminationName>.choice)
            if let metric = metrics.first, !Metric.byEpoch.contains(metric.name) {
                section["type"]?.reportContradiction(
                    "trials can be stopped early by \(Metric.byEpoch.joined(separator: ", ")), which are known "
                        + "after each epoch; the (first) metric is \(metric.name)")
            }
            switch type {
            case .median, nil:
                return .median(
                    minEpochs: section.optional("min_iter", as: .whole(atLeast: 0), default: 1),
                    minTrials: section.optional("min_trials", as: .whole(atLeast: 1), default: 5))
            case .asha:
                return .asha(
                    minEpochs: section.optional("min_iter", as: .whole(atLeast: 1), default: 1),
                    factor: section.optional("eta", as: .number(.moreThanOne), default: 3))
            case .hyperband: return hyperband(&section)
            }
        }
    }

    private static func hyperband(_ section: inout Section) -> EarlyTermination {
        let factor = section.optional("eta", as: .number(.moreThanOne), default: 3.0)
        let least = section.optional("min_iter", as: Field<Int>.whole(atLeast: 1))
        let greatest = section.optional("max_iter", as: Field<Int>.whole(atLeast: 1))
        let count = section.optional("s", as: Field<Int>.whole(1...100))
        if section.optional("strict", as: .flag, default: false) {
            section["strict"]?.reportContradiction(
                "expected false; 'asha' is stricter from the first epoch on")
        }
        switch (least, greatest) {
        case (let least?, nil):
            if count != nil { section["s"]?.reportContradiction("expected 'max_iter' with it") }
            return .hyperband(
                bands: EarlyTermination.bands(from: least, factor: factor), factor: factor)
        case (nil, let greatest?):
            if count == nil {
                section["max_iter"]?.reportContradiction("expected 's', how many bands there are, with it")
            }
            let bands = EarlyTermination.bands(to: greatest, factor: factor, count: count ?? 1)
            if bands.isEmpty {
                section["max_iter"]?.reportContradiction("expected at least 'eta', so that there is a band")
            }
            return .hyperband(bands: bands, factor: factor)
        default:
            section.reportContradiction("expected 'min_iter', or 'max_iter' and 's'")
            return .hyperband(bands: [1])
        }
    }
}

extension Interval {
    fileprivate static var moreThanOne: Interval {
        Interval(words: "a number greater than 1", example: 3) { $0 > 1 }
    }
}
