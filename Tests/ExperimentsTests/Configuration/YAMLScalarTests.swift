import Testing

@testable import Experiments

@Suite struct YAMLScalarTests {
    @Test func `Scalars have the types and values that ruamel.yaml gives them`() throws {
        let scalars = try YAMLFixture.load().scalars
        #expect(scalars.count > 40)
        for (text, typed) in scalars {
            let found = describe(YAMLScalar(text: text, isQuoted: false))
            #expect(found.map(YAMLFixture.JSON.string) == typed.filter { $0 != .null }, "\(text)")
        }
    }

    private func describe(_ scalar: YAMLScalar) -> [String] {
        if scalar.isNull { return ["null"] }
        if let value = scalar.boolean { return ["bool", value ? "True" : "False"] }
        if scalar.isInteger { return ["int", scalar.integer().map { String($0) } ?? scalar.text] }
        if let value = scalar.number() { return ["float", value.description] }
        return ["str", scalar.text]
    }

    @Test func `What only YAML 1.1 takes for numbers is text`() {
        for text in ["1_000", "0b11", "2001-01-01", "12:30:45", "-0x1F"] {
            #expect(YAMLScalar(text: text, isQuoted: false).isText, "\(text)")
        }
        #expect(YAMLScalar(text: ".5e3", isQuoted: false).number() == 500)
    }

    @Test func `What is in quotes is text`() {
        for text in ["1", "true", "null", "", "1e3"] {
            let scalar = YAMLScalar(text: text, isQuoted: true)
            #expect(scalar.isText && scalar.integer() == nil && scalar.number() == nil && !scalar.isNull)
            #expect(scalar.boolean == nil)
        }
    }

    @Test func `Integers that a type cannot hold are integers without a value`() {
        let large = YAMLScalar(text: "18446744073709551615", isQuoted: false)
        #expect(large.integer(UInt64.self) == .max)
        #expect(large.isInteger && large.integer(Int.self) == nil)
        #expect(large.number() == 0x1p64)
    }
}
