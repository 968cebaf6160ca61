import Experiments

/// Who runs a sweep's workers.
public enum ExecutorSettings: Sendable, Equatable {
    /// This machine.
    case local
    /// A cluster, through Slurm.
    case slurm(SlurmSettings)
}

private enum ExecutorName: String, CaseIterable {
    case local, slurm
}

extension Field<ExecutorSettings> {
    /// A name, or a mapping with the name as `type` and its settings.
    static var executor: Field {
        section("an executor: its name, or a mapping with its 'type' and its settings", orJust: "type") {
            section in
            switch section.decisive("type", as: Field<ExecutorName>.choice) {
            case .local, nil: .local
            case .slurm:
                .slurm(
                    SlurmSettings(
                        partition: section.optional("partition", as: .slurmName("a partition")),
                        time: section.optional("time", as: .slurmTime),
                        cpusPerTask: section.optional("cpus_per_task", as: .whole(1...1024), default: 1),
                        memory: section.optional("mem", as: .slurmMemory),
                        account: section.optional("account", as: .slurmName("an account")),
                        options: section.optional(
                            "sbatch", as: .list(of: .sbatchOption, "a list of sbatch's options"), default: []),
                        setup: section.optional(
                            "setup", as: .list(of: .text("a line of shell"), "a list of lines of shell"),
                            default: [])))
            }
        }
    }
}

extension Field<SlurmTime> {
    fileprivate static var slurmTime: Field {
        let expected =
            "a time as Slurm writes it: minutes, minutes:seconds, hours:minutes:seconds, days-hours, "
            + "days-hours:minutes or days-hours:minutes:seconds"
        return scalar(expected, placeholder: .hour) { scalar in
            SlurmTime(scalar.text).map(Reading.value) ?? .outOfRange()
        }
    }
}

extension Field<String> {
    fileprivate static func slurmName(_ what: String) -> Field {
        text("the name of \(what)").checked { name in
            name.contains { $0.isWhitespace } ? "expected \(what)'s name without spaces" : nil
        }
    }

    fileprivate static var slurmMemory: Field {
        let expected = "memory as Slurm writes it: a whole number of megabytes, or one with K, M, G or T"
        return .scalar(expected, placeholder: "1G") { scalar in
            let digits = scalar.text.prefix { "0"..."9" ~= $0 }
            let unit = scalar.text.dropFirst(digits.count)
            let isSize = (Int(digits) ?? 0) > 0 && ["", "K", "M", "G", "T"].contains(unit.uppercased())
            return isSize ? .value(scalar.text) : .outOfRange()
        }
    }

    fileprivate static var sbatchOption: Field {
        text("an option of sbatch, such as '--qos=low'").checked { option in
            option.hasPrefix("-") && !option.hasPrefix("--array")
                ? nil : "expected an option of sbatch other than --array, such as '--qos=low'"
        }
    }
}
