import Foundation
import TestSupport

@testable import Experiments

/// What ruamel.yaml made of the same texts; see `Tests/Fixtures/configuration/make.py`.
struct YAMLFixture: Decodable {
    var document: JSON
    var scalars: [String: [JSON]]

    static func load() throws -> YAMLFixture {
        try JSONDecoder().decode(
            YAMLFixture.self, from: Data(contentsOf: Fixtures.url("configuration/yaml.json")))
    }

    /// A value of JSON.
    indirect enum JSON: Decodable, Equatable {
        case null
        case bool(Bool)
        case int(Int)
        case double(Double)
        case string(String)
        case array([JSON])
        case object([String: JSON])

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if container.decodeNil() {
                self = .null
            } else if let value = try? container.decode(Bool.self) {
                self = .bool(value)
            } else if let value = try? container.decode(Int.self) {
                self = .int(value)
            } else if let value = try? container.decode(Double.self) {
                self = .double(value)
            } else if let value = try? container.decode(String.self) {
                self = .string(value)
            } else if let value = try? container.decode([JSON].self) {
                self = .array(value)
            } else {
                self = .object(try container.decode([String: JSON].self))
            }
        }
    }
}

extension YAMLNode {
    /// The tree without places, as JSON has it.
    var json: YAMLFixture.JSON {
        switch content {
        case .sequence(let elements): .array(elements.map(\.json))
        case .mapping(let entries):
            .object(Dictionary(uniqueKeysWithValues: entries.map { ($0.key, $0.value.json) }))
        case .scalar(let scalar):
            if scalar.isNull {
                .null
            } else if let value = scalar.boolean {
                .bool(value)
            } else if let value = scalar.integer() {
                .int(value)
            } else if let value = scalar.number() {
                .double(value)
            } else {
                .string(scalar.text)
            }
        }
    }

    /// The tree of a text.
    static func parsed(_ text: String) throws(ConfigurationError) -> YAMLNode {
        try YAMLComposer.compose(Array(text.utf8)) { .file("x.yaml", line: $0, column: $1) }
    }
}
