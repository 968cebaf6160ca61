import Reports
import Testing

@Suite struct CSVTests {
    @Test func `Fields with commas, quotes and line ends are quoted, others are not`() {
        let table = CSVTable(
            header: ["a b", "c,d"], rows: [["\"", "x\ny"], ["'", "ü;<&>"], ["x\ry", ""]])
        #expect(table.text == "a b,\"c,d\"\n\"\"\"\",\"x\ny\"\n',ü;<&>\n\"x\ry\",\n")
    }

    @Test func `What was written reads back`() throws {
        let table = CSVTable(
            header: ["a,\"b\"", "", "e\u{301}"],
            rows: [["1", "\r\n", "\"\""], ["", "", ""], [",\u{301}", "\n\"\n", "表"]])
        #expect(try CSVReader(table.text, file: "x.csv").table == table)
        let single = CSVTable(header: ["only"], rows: [[""], ["a"], [""]])
        #expect(try CSVReader(single.text, file: "x.csv").table == single)
    }

    @Test func `Byte-order marks, any line ends and a missing last one are read`() throws {
        let reader = try CSVReader("\u{FEFF}a,b\r\n1,\"2\r\n\"\r\n\r\n3,4\n5,6\r7,8", file: "x.csv")
        #expect(reader.header == ["a", "b"])
        #expect(reader.records.map(\.fields) == [["1", "2\r\n"], ["3", "4"], ["5", "6"], ["7", "8"]])
        #expect(reader.records.map(\.line) == [2, 5, 6, 7])
    }

    @Test func `Wrong files are refused with the line`() {
        expect(.noHeader(file: "x.csv"), "")
        expect(.noHeader(file: "x.csv"), "\n\n")
        expect(.fieldCount(file: "x.csv", line: 4, expected: 2, found: 3), "a,b\n\"1\n\",2\n3,4,5\n")
        expect(.fieldCount(file: "x.csv", line: 2, expected: 2, found: 1), "a,b\n1\n")
        expect(.quoting(file: "x.csv", line: 2, problem: "a quoted field is not closed"), "a,b\n1,\"2\n3,4\n")
        expect(
            .quoting(
                file: "x.csv", line: 2, problem: "expected a comma or the line's end after a closing quote"),
            "a,b\n1,\"2\"3\n")
    }

    @Test func `Numbers are written as briefly as they read back exactly`() {
        #expect(CSVTable.field(0.1) == "0.1")
        #expect(CSVTable.field(1.0 / 3) == "0.3333333333333333")
        #expect(CSVTable.field(Double.infinity) == "inf")
        #expect(CSVTable.field(nil) == "")
        #expect(Double(CSVTable.field(1e-300 / 3)) == 1e-300 / 3)
    }

    private func expect(_ error: ReportError, _ text: String) {
        #expect(throws: error) { try CSVReader(text, file: "x.csv") }
    }
}
