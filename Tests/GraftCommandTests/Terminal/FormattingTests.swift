import Graft
import Testing

@testable import GraftCommand

@Suite struct FormattingTests {
    @Test func `Losses are written with the digits that they need`() {
        #expect(
            [0.12345, 99_999, 4.53e31, .nan].map(lossText) == ["0.1235", "99999.0000", "4.530e+31", "nan"])
    }

    @Test func `A table's columns line up, without blanks at the ends`() {
        var table = TextTable([("NAME", .left), ("SIZE", .right), ("NOTE", .left)])
        table.add(["a", "12345", ""])
        table.add(["longer", "7", "x"])
        let plain = table.text(style: TextStyle(isColoured: false))
        #expect(plain == "NAME     SIZE  NOTE\na       12345\nlonger      7  x")
        let coloured = table.text(style: TextStyle(isColoured: true))
        #expect(coloured.hasPrefix("\u{1B}[1mNAME     SIZE  NOTE\u{1B}[0m\n"))
    }
}
