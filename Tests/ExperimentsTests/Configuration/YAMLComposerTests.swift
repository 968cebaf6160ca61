import Foundation
import TestSupport
import Testing

@testable import Experiments

@Suite struct YAMLComposerTests {
    private func error(_ text: String) -> String? {
        do throws(ConfigurationError) {
            _ = try YAMLNode.parsed(text)
            return nil
        } catch { return error.description }
    }

    @Test func `A document with anchors, merges and every style is read as ruamel.yaml reads it`() throws {
        let text = try String(contentsOf: Fixtures.url("configuration/document.yaml"), encoding: .utf8)
        #expect(try YAMLNode.parsed(text).json == YAMLFixture.load().document)
    }

    @Test func `Every value knows its line and its column`() throws {
        let node = try YAMLNode.parsed("a:\n  ü: {k: 1, l: [x, yy]}\n")
        #expect(node["a"]?["ü"]?["k"]?.place == .file("x.yaml", line: 2, column: 10))
        #expect(node["a"]?["ü"]?["l"]?.elements?[1].place == .file("x.yaml", line: 2, column: 20))
        #expect(node["a"]?.entries?[0].place == .file("x.yaml", line: 2, column: 3))
    }

    @Test func `A text without values is null`() throws {
        for text in ["", "\n\n", "# nothing\n", "---\n", "~"] {
            #expect(try YAMLNode.parsed(text).isNull, "\(text)")
        }
    }

    @Test func `Errors of syntax name the line, the column and what was being read`() {
        #expect(
            error("a: [1, 2\nb: 3\n") == "x.yaml:2:2: did not find expected ',' or ']' "
                + "while parsing a flow sequence that begins in line 1")
        #expect(error("a:\n\tb: 1\n")?.hasPrefix("x.yaml:2:1: found character that cannot start") == true)
        #expect(error("a: \"open") != nil)
        #expect(error("a: b: c")?.hasPrefix("x.yaml:1:5: mapping values are not allowed") == true)
    }

    @Test func `Bytes that are not UTF-8 are an error where they stand`() {
        let bytes: [UInt8] = Array("a: 1\nb: ".utf8) + [0xFF, 0x0A]
        #expect(
            throws: ConfigurationError.syntax(
                at: .file("x.yaml", line: 2, column: 4), reason: "invalid leading UTF-8 octet")
        ) {
            _ = try YAMLComposer.compose(bytes) { .file("x.yaml", line: $0, column: $1) }
        }
        #expect(error("a: \u{1}")?.contains("control characters are not allowed") == true)
    }

    @Test func `A key given twice is an error that names both lines`() {
        #expect(error("a: 1\nb: 2\na: 3\n") == "x.yaml:3:1: the key 'a' is already given in line 1")
    }

    @Test func `A second document is an error`() {
        #expect(error("a: 1\n---\nb: 2\n") == "x.yaml:2:1: a second document begins; expected one")
    }

    @Test func `Aliases must stand for something that is complete`() {
        #expect(error("a: *b\n") == "x.yaml:1:4: '*b' stands for nothing: there is no '&b' before it")
        #expect(error("a: &a [1, *a]\n") == "x.yaml:1:11: '*a' is part of what it stands for")
    }

    @Test func `Aliases of aliases cannot fill the memory`() {
        var text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
        for level in 1...9 {
            let aliases = Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ")
            text += "a\(level): &a\(level) [\(aliases)]\n"
        }
        #expect(error(text)?.hasSuffix("there are more than 100000 values, with aliases followed") == true)
    }

    @Test func `Values cannot be nested without end`() {
        let deep = String(repeating: "[", count: 500) + String(repeating: "]", count: 500)
        #expect(error(deep)?.hasSuffix("values are nested more than 64 levels deep") == true)
        var chain = "a0: &a0 [1]\n"
        for level in 1...100 { chain += "a\(level): &a\(level) [*a\(level - 1)]\n" }
        #expect(error(chain)?.hasSuffix("values are nested more than 64 levels deep") == true)
    }

    @Test func `Merge keys take mappings only`() {
        #expect(error("a: {<<: 1}\n")?.contains("expected '<<' to be given a mapping") == true)
        #expect(error("{[a]: 1}\n") == "x.yaml:1:2: expected a simple key, found a list or a mapping")
    }

    @Test func `Tags that are not YAML's own are errors`() {
        #expect(error("a: !secret x\n") == "x.yaml:1:4: the tag '!secret' is not known")
        #expect(error("a: !!str [x]\n")?.contains("does not fit here") == true)
    }
}
