/// A scalar as it is written, and what YAML 1.2's core schema (section 10.3.2) takes it for.
package struct YAMLScalar: Sendable, Equatable {
    /// The scalar without quotes and escapes.
    package var text: String
    /// Whether it can only be text: it is in quotes, a block, or tagged so.
    package var isQuoted: Bool

    /// A scalar.
    package init(text: String, isQuoted: Bool) {
        self.text = text
        self.isQuoted = isQuoted
    }

    /// Whether it is null.
    package var isNull: Bool { !isQuoted && ["", "~", "null", "Null", "NULL"].contains(text) }

    /// The boolean that it is; `yes`, `no`, `on` and `off` are text in YAML 1.2.
    package var boolean: Bool? {
        guard !isQuoted else { return nil }
        return switch text {
        case "true", "True", "TRUE": true
        case "false", "False", "FALSE": false
        default: nil
        }
    }

    /// Whether it has an integer's form.
    package var isInteger: Bool { integerDigits != nil }

    /// The integer that it is; nil where it is none, and where the type cannot hold it.
    package func integer<Integer: FixedWidthInteger>(_ type: Integer.Type = Int.self) -> Integer? {
        integerDigits.flatMap { Integer($0.digits, radix: $0.radix) }
    }

    private var integerDigits: (digits: Substring, radix: Int)? {
        guard !isQuoted else { return nil }
        let hasSign = text.hasPrefix("-") || text.hasPrefix("+")
        let (prefix, radix, isDigit) =
            text.hasPrefix("0x")
            ? (2, 16, isHexadecimal)
            : text.hasPrefix("0o") ? (2, 8, isOctal) : (hasSign ? 1 : 0, 10, isDecimal)
        let digits = text.dropFirst(prefix)
        guard !digits.isEmpty, digits.utf8.allSatisfy(isDigit) else { return nil }
        return (radix == 10 ? text[...] : digits, radix)
    }

    /// Whether it has the form of a number with a fraction or an exponent, or is infinite or not a number.
    package var isFloat: Bool {
        if isQuoted || isInteger { return false }
        return isInfinityOrNaN || isFiniteFloat
    }

    /// The number that it is, of whatever form.
    package func number<Number: BinaryFloatingPoint & LosslessStringConvertible>(
        _ type: Number.Type = Double.self
    ) -> Number? {
        if let integer = integer() { return Number(integer) }
        guard isFloat || isInteger else { return nil }
        guard isInfinityOrNaN else { return Number(text) }
        return text.lowercased().hasSuffix("nan") ? .nan : text.hasPrefix("-") ? -.infinity : .infinity
    }

    /// Whether it is text by the core schema.
    package var isText: Bool { isQuoted || !(isNull || boolean != nil || isInteger || isFloat) }

    /// The scalar in an error's words.
    package var summary: String {
        if isNull { return "nothing" }
        let line = text.replacing("\n", with: "\\n")
        let short = line.count > 60 ? line.prefix(60) + "…" : line[...]
        return isText ? "\"\(short)\"" : String(short)
    }

    private var isInfinityOrNaN: Bool {
        let unsigned = text.first == "-" || text.first == "+" ? text.dropFirst() : text[...]
        return [".inf", ".Inf", ".INF"].contains(unsigned) || [".nan", ".NaN", ".NAN"].contains(text)
    }

    /// `[-+]? ( \. [0-9]+ | [0-9]+ ( \. [0-9]* )? ) ( [eE] [-+]? [0-9]+ )?`
    private var isFiniteFloat: Bool {
        var rest = text.utf8[...]
        func skipDigits() -> Int {
            let count = rest.prefix(while: isDecimal).count
            rest = rest.dropFirst(count)
            return count
        }
        func skip(_ letters: String) -> Bool {
            guard let first = rest.first, letters.utf8.contains(first) else { return false }
            rest = rest.dropFirst()
            return true
        }
        _ = skip("+-")
        let whole = skipDigits()
        let fraction = skip(".") ? skipDigits() : 0
        guard whole + fraction > 0 else { return false }
        if skip("eE") {
            _ = skip("+-")
            guard skipDigits() > 0 else { return false }
        }
        return rest.isEmpty
    }
}

private func isDecimal(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

private func isOctal(_ byte: UInt8) -> Bool { (0x30...0x37).contains(byte) }

private func isHexadecimal(_ byte: UInt8) -> Bool {
    isDecimal(byte) || (0x41...0x46).contains(byte) || (0x61...0x66).contains(byte)
}
