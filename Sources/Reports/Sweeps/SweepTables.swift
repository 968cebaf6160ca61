/// The numbers of a sweep as tables, which pandas reads without options.
extension SweepHistory {
    /// A line for each trial, with a column for each metric and parameter.
    public var table: CSVTable {
        CSVTable(
            header: ["trial", "state"] + metrics.map(\.name) + costColumns + parameters.map(\.name) + [
                "error"
            ],
            rows: trials.map { trial in
                ["\(trial.number)", trial.state] + trial.values.map { CSVTable.field($0) } + costs(trial)
                    + settings(trial) + [trial.error ?? ""]
            })
    }

    /// Every trial's first metric, and the best so far.
    var progressTable: CSVTable {
        var best: Double?
        let rows = trials.map { trial -> [String] in
            let value = trial.values.first ?? nil
            if trial.state == "finished", let value, value.isFinite, best.map({ isBetter(value, $0) }) ?? true
            {
                best = value
            }
            return ["\(trial.number)", trial.state, CSVTable.field(value), CSVTable.field(best)]
        }
        return CSVTable(header: ["trial", "state", firstMetric, "best_so_far"], rows: rows)
    }

    /// The finished trials' settings and their first metric.
    var finishedTable: CSVTable {
        CSVTable(
            header: ["trial"] + parameters.map(\.name) + [firstMetric],
            rows: finished.map { ["\($0.trial.number)"] + settings($0.trial) + [CSVTable.field($0.value)] })
    }

    /// The first metric for each parameter of each trial, a line each.
    var sliceTable: CSVTable {
        let rows = parameters.indices.flatMap { index in
            trials.compactMap { trial -> [String]? in
                guard let value = trial.values.first ?? nil, trial.settings[index] != nil else { return nil }
                return [
                    parameters[index].name, "\(trial.number)", trial.state, settings(trial)[index],
                    CSVTable.field(value),
                ]
            }
        }
        return CSVTable(header: ["parameter", "trial", "state", "setting", firstMetric], rows: rows)
    }

    /// The first metric of each trial after each epoch, a line each.
    var curveTable: CSVTable {
        let rows = trials.flatMap { trial in
            trial.curve.enumerated().map { index, value in
                ["\(trial.number)", trial.state, "\(index + 1)", CSVTable.field(value)]
            }
        }
        return CSVTable(header: ["trial", "state", "epoch", firstMetric], rows: rows)
    }

    private var firstMetric: String { metrics.first?.name ?? "metric" }

    /// What a trial costs, where it is not a metric anyway.
    private var costColumns: [String] {
        ["epochs", "seconds"].filter { name in !metrics.contains { $0.name == name } }
    }

    private func costs(_ trial: Trial) -> [String] {
        costColumns.map { $0 == "epochs" ? "\(trial.curve.count)" : CSVTable.field(trial.seconds) }
    }

    private func settings(_ trial: Trial) -> [String] {
        zip(parameters, trial.settings).map { parameter, setting in
            parameter.choices.isEmpty ? CSVTable.field(setting) : text(setting, of: parameter)
        }
    }
}

extension MetricSurface {
    /// The surface, a line for each cell of its grid.
    var table: CSVTable {
        CSVTable(
            header: [x.name, y.name, metric],
            rows: cells.map { cell in
                [x.scale.number(at: cell.x), y.scale.number(at: cell.y), cell.value].map {
                    CSVTable.field($0)
                }
            })
    }
}

extension TradeOff {
    /// The finished trials' two metrics, and whether they are on the front.
    var table: CSVTable {
        CSVTable(
            header: ["trial"] + names + ["on_front"],
            rows: points.map { point in
                [
                    "\(point.number)", CSVTable.field(point.x), CSVTable.field(point.y),
                    point.isOnFront ? "True" : "False",
                ]
            })
    }
}
