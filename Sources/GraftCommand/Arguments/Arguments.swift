/// A command line, taken apart by a ``CommandSpecification``.
struct Arguments: Equatable {
    private(set) var operands: [String] = []
    private var values: [String: [String]] = [:]

    /// Whether a switch, or an option with a value, was given.
    func has(_ option: String) -> Bool { values[option] != nil }

    /// An option's value; the last, where it was given several times.
    func value(_ option: String) -> String? { values[option]?.last }

    /// All values of an option that may be given several times.
    func all(_ option: String) -> [String] { values[option] ?? [] }

    /// An option's value as a whole number.
    /// - Throws: ``UsageError/badValue(option:expected:found:command:)``
    func integer(_ option: String, atLeast minimum: Int, command: String) throws(UsageError) -> Int? {
        guard let text = value(option) else { return nil }
        guard let number = Int(text), number >= minimum else {
            throw .badValue(
                option: option, expected: "a whole number of at least \(minimum)", found: text,
                command: command)
        }
        return number
    }

    /// An option's value as a number greater than 0.
    /// - Throws: ``UsageError/badValue(option:expected:found:command:)``
    func number(_ option: String, command: String) throws(UsageError) -> Double? {
        guard let text = value(option) else { return nil }
        guard let number = Double(text), number.isFinite, number > 0 else {
            throw .badValue(
                option: option, expected: "a number greater than 0", found: text, command: command)
        }
        return number
    }
}

extension Arguments {
    /// Takes a command line apart.
    /// - Parameter words: what follows the subcommand's name.
    /// - Throws: ``UsageError``
    init(parsing words: [String], for specification: CommandSpecification) throws(UsageError) {
        var rest = words[...]
        var onlyOperands = false
        while let word = rest.popFirst() {
            if onlyOperands || !word.hasPrefix("-") || word == "-" {
                operands.append(word)
            } else if word == "--" {
                onlyOperands = true
            } else if word == "-h" {
                values["help"] = [""]
            } else {
                try take(option: word, from: &rest, specification)
            }
        }
        if !has("help") { try checkOperands(specification) }
    }

    private mutating func take(
        option word: String, from rest: inout ArraySlice<String>, _ specification: CommandSpecification
    ) throws(UsageError) {
        let parts = word.dropFirst(2).split(
            separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        let name = String(parts.first ?? "")
        guard word.hasPrefix("--"), let option = specification.option(name) else {
            throw .unknownOption(
                word, known: specification.options.map { "--\($0.name)" }, command: specification.name)
        }
        guard option.isRepeated || values[name] == nil else {
            throw .repeatedOption(name, command: specification.name)
        }
        guard let placeholder = option.value else {
            guard parts.count == 1 else { throw .unwantedValue(option: name, command: specification.name) }
            values[name] = [""]
            return
        }
        // A value that looks like an option must be written --name=VALUE.
        let next = rest.first.flatMap { $0.hasPrefix("--") ? nil : $0 }
        guard let value = parts.count == 2 ? String(parts[1]) : next else {
            throw .missingValue(option: name, value: placeholder, command: specification.name)
        }
        if parts.count == 1 { rest.removeFirst() }
        values[name, default: []].append(value)
    }

    private func checkOperands(_ specification: CommandSpecification) throws(UsageError) {
        let required = specification.operands.filter(\.isRequired)
        if operands.count < required.count {
            throw .missingOperand(required[operands.count].name, command: specification.name)
        }
        if operands.count > specification.operands.count, specification.operands.last?.isRepeated != true {
            throw .surplusOperand(operands[specification.operands.count], command: specification.name)
        }
    }
}
