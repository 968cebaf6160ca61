/// A value in a row of a table.
package enum SQLValue: Equatable {
    case integer(Int)
    case real(Double)
    case text(String)
    case null
}

extension SQLValue {
    /// A number or nothing; what is not a number is nothing, too.
    package init(_ number: Double?) { self = number.map { $0.isNaN ? .null : .real($0) } ?? .null }

    /// Text or nothing.
    package init(_ text: String?) { self = text.map { .text($0) } ?? .null }

    package var integer: Int? { if case .integer(let number) = self { number } else { nil } }
    package var text: String? { if case .text(let text) = self { text } else { nil } }

    package var real: Double? {
        switch self {
        case .real(let number): number
        case .integer(let number): Double(number)
        default: nil
        }
    }
}
