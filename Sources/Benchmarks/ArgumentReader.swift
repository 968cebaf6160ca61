/// Takes options and their values from a command line, one after another.
struct ArgumentReader {
    private var rest: ArraySlice<String>
    private var option = ""

    init(_ arguments: [String]) { rest = arguments[...] }

    mutating func nextOption() -> String? {
        guard let next = rest.popFirst() else { return nil }
        option = next
        return next
    }

    mutating func value() throws(BenchmarkError) -> String {
        guard let value = rest.popFirst(), !value.hasPrefix("--") else {
            throw .missingValue(option: option)
        }
        return value
    }

    mutating func integer(from least: Int) throws(BenchmarkError) -> Int {
        let value = try value()
        guard let number = Int(value), number >= least else {
            throw .value(option: option, expected: "a whole number from \(least) on", found: value)
        }
        return number
    }

    mutating func oneOf<Choice>(_: Choice.Type) throws(BenchmarkError) -> Choice
    where Choice: CaseIterable & RawRepresentable<String> {
        try choice(try value())
    }

    /// Several choices, separated by commas; each counts once.
    mutating func someOf<Choice>(_: Choice.Type) throws(BenchmarkError) -> [Choice]
    where Choice: CaseIterable & RawRepresentable<String> {
        var choices: [Choice] = []
        for name in try value().split(separator: ",") {
            let choice: Choice = try choice(String(name))
            if !choices.contains(where: { $0.rawValue == choice.rawValue }) { choices.append(choice) }
        }
        return choices
    }

    private func choice<Choice>(_ name: String) throws(BenchmarkError) -> Choice
    where Choice: CaseIterable & RawRepresentable<String> {
        guard let choice = Choice(rawValue: name) else {
            let names = Choice.allCases.map(\.rawValue).joined(separator: ", ")
            throw .value(option: option, expected: "one of \(names)", found: name)
        }
        return choice
    }
}
