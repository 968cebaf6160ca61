import Testing

@testable import KerasFiles

@Suite struct JSONTests {
    @Test(arguments: [
        "null", "true", "[]", "{}", "-12", "0.001", "1e-07", "NaN", "Infinity", "-Infinity",
        "[1, [2, {\"a\": null}]]", "{\"a\": \"b\", \"c\": [false]}",
        "\"tab\\tquote\\\" back\\\\ \\u0001 é 🌱\"",
    ])
    func `What is read is written alike`(text: String) throws {
        #expect(try JSONParser.parse(text.utf8).text == text)
    }

    @Test func `Escapes stand for their characters`() throws {
        #expect(try JSONParser.parse("\"\\u00e9\\ud83c\\udf31\\/\\n\"".utf8) == .string("é🌱/\n"))
    }

    @Test(arguments: [
        "", "{", "[1,", "[1 2]", "{\"a\" 1}", "{1: 2}", "nul", "+1", "1.2.3", "\"a", "\"\\x\"", "\"\\ud83c\"",
        "\"\\u12\"", "\"\u{1}\"", "1 2", "{\"a\": 1,}", "[1,]", "\u{0}", "infinity", "0x10", "\"\\u+123\"",
    ])
    func `What is no JSON is refused`(text: String) {
        #expect(throws: JSONParser.Failure.self) { try JSONParser.parse(text.utf8) }
    }

    @Test func `Text that is not UTF-8 is refused`() {
        #expect(throws: JSONParser.Failure.self) { try JSONParser.parse([0x22, 0xFF, 0x22]) }
    }

    @Test func `Depth and number of values are limited`() throws {
        func nested(_ depth: Int) -> String {
            String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        }
        #expect(throws: Never.self) { try JSONParser.parse(nested(JSONParser.deepest).utf8) }
        #expect(throws: JSONParser.Failure.self) { try JSONParser.parse(nested(JSONParser.deepest + 1).utf8) }
        #expect(throws: JSONParser.Failure.self) { try JSONParser.parse(nested(1_000_000).utf8) }
        let many = "[" + String(repeating: "0,", count: JSONParser.mostValues) + "0]"
        #expect(throws: JSONParser.Failure.self) { try JSONParser.parse(many.utf8) }
    }

    @Test func `A Float32 is written as short as it can be`() {
        #expect(JSONValue(Float(0.001)).text == "0.001")
        #expect(JSONValue(Float(1e-7)).text == "1e-07")
        #expect(JSONValue(Float(3)).text == "3")
    }
}
