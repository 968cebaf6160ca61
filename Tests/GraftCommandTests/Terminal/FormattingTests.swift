import Graft
import Testing

@testable import GraftCommand

@Suite struct FormattingTests {
    @Test func `Numbers are written for people`() {
        #expect(
            [0, 999, 1000, 25_636_712, -1234].map(grouped) == ["0", "999", "1 000", "25 636 712", "-1 234"])
        #expect([0, 1023, 1024, 10_485_760].map(byteText) == ["0 B", "1023 B", "1.0 KiB", "10 MiB"])
        #expect(percent(0.9337) == "93.4 %")
        #expect([counted(1, "epoch"), counted(1200, "epoch")] == ["1 epoch", "1 200 epochs"])
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
