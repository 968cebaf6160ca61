import Evaluation
import Foundation
import Reports
import TestSupport
import Testing

@Suite struct PredictionsTableTests {
    @Test func `A file that Python wrote comes out again byte by byte`() throws {
        let file = Fixtures.url("reports/predictions.csv")
        let predictions = try Predictions(contentsOfCSV: file)
        #expect(
            predictions.classNames == [
                "plain", "comma, inside", "with \"quotes\"", "<b> & 'co'", "Überraschung 驚き", "two\nlines",
                "absent",
            ])
        #expect(predictions.rows.count == 30)
        #expect(try CSVTable(predictions).text == String(contentsOf: file, encoding: .utf8))
    }

    @Test func `Groups have a column where any is known, and a class of that name is told from it`() throws {
        func table(_ groups: [String?], _ names: [String]) throws -> (CSVTable, Predictions) {
            let predictions = try Predictions(
                classNames: names,
                rows: groups.map {
                    Predictions.Row(identifier: "a", label: 1, scores: [0.25, 0.75], group: $0)
                })
            return (CSVTable(predictions), predictions)
        }
        for (groups, names, header) in [
            (["anna", nil], ["x", "y"], ["group", "x", "y"]), ([nil, nil], ["x", "y"], ["x", "y"]),
            ([nil, nil], ["group", "y"], ["group", "group", "y"]),
            (["anna", "ben"], ["group", "y"], ["group", "group", "y"]),
        ] as [([String?], [String], [String])] {
            let (table, predictions) = try table(groups, names)
            #expect(table.header == ["file", "true", "predicted"] + header)
            #expect(try Predictions(CSVReader(table.text, file: "x.csv"), file: "x.csv") == predictions)
        }
    }

    @Test func `Any finite scores read back as the same numbers`() throws {
        let scores = [
            [0.1 + 0.2, 1.0 / 3], [Double(Float(0.7)), .leastNonzeroMagnitude], [-1e300, 1.0.nextUp],
        ]
        let rows = scores.map { Predictions.Row(identifier: "a", label: 1, scores: $0) }
        let predictions = try Predictions(classNames: ["x", "y"], rows: rows)
        let reader = try CSVReader(CSVTable(predictions).text, file: "x.csv")
        #expect(try Predictions(reader, file: "x.csv") == predictions)
    }

    @Test func `Files that are no predictions are refused with file, line and column`() {
        expect(
            .header(
                file: "x.csv", expected: "file, true, predicted and then the classes",
                found: "file, true, guess, a"),
            "file,true,guess,a\n")
        expect(
            .header(
                file: "x.csv", expected: "file, true, predicted and then the classes",
                found: "file, true, predicted"),
            "file,true,predicted\n")
        expect(field(2, "true", "one of the classes a, b", "c"), row("c,a,1,0"))
        expect(field(2, "predicted", "one of the classes a, b", "c"), row("a,c,1,0"))
        expect(field(2, "b", "a number", "x"), row("a,a,1,x"))
        expect(
            field(2, "predicted", "'b', the first class with the greatest probability", "a"),
            row("a,a,0.2,0.8"))
        expect(.predictions(file: "x.csv", .noPredictions), "file,true,predicted,a,b\n")
        expect(.predictions(file: "x.csv", .duplicateClass("a")), "file,true,predicted,a,a\nf,a,a,1,0\n")
        expect(
            .predictions(file: "x.csv", .scoreNotFinite(.infinity, identifier: "f", className: "a")),
            row("a,a,inf,0"))
    }

    @Test func `A file that is not there, or no text, is named`() throws {
        try Fixtures.withTemporaryFolder { folder in
            let absent = folder.appending(path: "absent.csv")
            let error = #expect(throws: ReportError.self) { try Predictions(contentsOfCSV: absent) }
            #expect(error?.description.contains("absent.csv: cannot be read: ") == true)
            let binary = folder.appending(path: "binary.csv")
            try Data([0xFF, 0xFE, 0x00]).write(to: binary)
            #expect(
                throws: ReportError.unreadable(
                    file: binary.path(percentEncoded: false), reason: "it is not UTF-8 text")
            ) { try Predictions(contentsOfCSV: binary) }
        }
    }

    private func row(_ fields: String) -> String { "file,true,predicted,a,b\nf,\(fields)\n" }

    private func field(_ line: Int, _ column: String, _ expected: String, _ found: String) -> ReportError {
        .field(file: "x.csv", line: line, column: column, expected: expected, found: found)
    }

    private func expect(_ error: ReportError, _ text: String) {
        #expect(throws: error) { try Predictions(CSVReader(text, file: "x.csv"), file: "x.csv") }
    }
}
