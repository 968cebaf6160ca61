import Foundation

extension Filter {
    /// Reads a filter.
    /// - Throws: ``TrackingError/filter(text:position:expected:found:)``
    public init(_ text: String) throws(TrackingError) {
        var parser = FilterParser(text)
        self = try parser.whole()
    }
}

/// Reads a filter by descent: `or` binds least, then `and`, then `not`.
private struct FilterParser {
    private enum Token: Equatable {
        case word(String)
        case quoted(String)
        case symbol(String)
        case end
    }

    private let text: String
    private let characters: [Character]
    private var position = 0
    /// The next token, and where it begins.
    private var next: (token: Token, start: Int) = (.end, 0)
    private var depth = 0

    init(_ text: String) {
        self.text = text
        characters = Array(text)
    }

    mutating func whole() throws(TrackingError) -> Filter {
        try advance()
        let filter = try disjunction()
        guard next.token == .end else { throw failure("and, or, or the end") }
        return filter
    }

    private mutating func disjunction() throws(TrackingError) -> Filter {
        var filter = try conjunction()
        while takes("or") {
            try advance()
            filter = .or(filter, try conjunction())
        }
        return filter
    }

    private mutating func conjunction() throws(TrackingError) -> Filter {
        var filter = try negation()
        while takes("and") {
            try advance()
            filter = .and(filter, try negation())
        }
        return filter
    }

    private mutating func negation() throws(TrackingError) -> Filter {
        depth += 1
        defer { depth -= 1 }
        guard depth < 100 else { throw failure("at most a hundred parentheses and nots") }
        if takes("not") {
            try advance()
            return .not(try negation())
        }
        if next.token == .symbol("(") {
            try advance()
            let filter = try disjunction()
            guard next.token == .symbol(")") else { throw failure("a closing parenthesis") }
            try advance()
            return filter
        }
        return try condition()
    }

    private mutating func condition() throws(TrackingError) -> Filter {
        guard case .word(let word) = next.token else {
            throw failure("a setting, a metric, tag:NAME or has:KEY")
        }
        if let tag = word.after("tag:"), !tag.isEmpty {
            try advance()
            return .tag(tag)
        }
        if let key = word.after("has:"), !key.isEmpty {
            try advance()
            return .has(key: key)
        }
        try advance()
        guard case .symbol(let symbol) = next.token, let comparison = Filter.Comparison(rawValue: symbol)
        else {
            throw failure("one of \(Filter.Comparison.allCases.map(\.rawValue).joined(separator: " "))")
        }
        try advance()
        return .comparison(key: word, comparison, try value())
    }

    private mutating func value() throws(TrackingError) -> Fact {
        let value: Fact
        switch next.token {
        case .word(let word): value = Double(word).map(Fact.number) ?? .text(word)
        case .quoted(let text): value = .text(text)
        case .symbol, .end: throw failure("a number or a text")
        }
        try advance()
        return value
    }

    private func takes(_ word: String) -> Bool {
        if case .word(let found) = next.token { found.lowercased() == word } else { false }
    }

    private mutating func advance() throws(TrackingError) {
        while position < characters.count, characters[position].isWhitespace { position += 1 }
        let start = position
        next = (try token(), start)
    }

    private mutating func token() throws(TrackingError) -> Token {
        guard position < characters.count else { return .end }
        let character = characters[position]
        if character == "\"" || character == "'" { return .quoted(try quoted(character)) }
        // The longer of two that begin alike.
        for symbol in ["<=", ">=", "!=", "==", "<", ">", "=", "~", "(", ")"]
        where characters[position...].starts(with: symbol) {
            position += symbol.count
            return .symbol(symbol == "==" ? "=" : symbol)
        }
        let start = position
        while position < characters.count, !characters[position].isWhitespace,
            !"<>=!~()\"'".contains(characters[position])
        {
            position += 1
        }
        if start == position { position += 1 }
        return .word(String(characters[start..<position]))
    }

    private mutating func quoted(_ quote: Character) throws(TrackingError) -> String {
        let start = position
        position += 1
        while position < characters.count, characters[position] != quote { position += 1 }
        guard position < characters.count else {
            next.start = start
            throw .filter(text: text, position: start + 1, expected: "a closing \(quote)", found: "the end")
        }
        position += 1
        return String(characters[start + 1..<position - 1])
    }

    private func failure(_ expected: String) -> TrackingError {
        let found =
            switch next.token {
            case .word(let word): "'\(word)'"
            case .quoted(let text): "\"\(text)\""
            case .symbol(let symbol): "'\(symbol)'"
            case .end: "the end"
            }
        return .filter(text: text, position: next.start + 1, expected: expected, found: found)
    }
}

extension String {
    fileprivate func after(_ prefix: String) -> String? {
        hasPrefix(prefix) ? String(dropFirst(prefix.count)) : nil
    }
}
