import Experiments
import Tensors
import Wording

extension Field<[Parameter]> {
    /// What is varied: settings of the experiment by their dotted paths. A parameter with `parameters` of its own is
    /// the mapping that they are in.
    static var parameters: Field {
        let expected =
            "a mapping of the experiment's keys, such as training.stages.0.learning_rate, to what they can be"
        return Field(expected, placeholder: []) { cursor in
            guard let entries = cursor.node.entries else {
                cursor.reportWrongType(expected: expected)
                return nil
            }
            guard !entries.isEmpty else {
                cursor.reportOutOfRange(expected: expected)
                return nil
            }
            var parameters: [Parameter] = []
            read(entries, of: cursor, below: nil, into: &parameters)
            return parameters
        }
    }

    private static func read(
        _ entries: [YAMLEntry], of cursor: Cursor, below parent: String?, into parameters: inout [Parameter]
    ) {
        for entry in entries {
            let own = entry.key.replacing("[", with: ".").replacing("]", with: "")
            let path = parent.map { "\($0).\(own)" } ?? own
            let value = cursor.entry(entry.key, entry.value)
            if let nested = entry.value["parameters"] {
                let inner = value.entry("parameters", nested)
                if let other = entry.value.entries?.first(where: { $0.key != "parameters" }) {
                    value.entry(other.key, other.value)
                        .reportContradiction("expected nothing beside 'parameters'")
                }
                guard let entries = nested.entries else {
                    inner.reportWrongType(expected: "a mapping of keys to what they can be")
                    continue
                }
                read(entries, of: inner, below: path, into: &parameters)
            } else if parameters.contains(where: { $0.path == path }) {
                value.reportContradiction("\(path) is given twice")
            } else if let parameter = parameter(path, entry.place, before: parameters).read(value) {
                parameters.append(parameter)
            }
        }
    }

    private static func parameter(
        _ path: String, _ place: ConfigurationPlace, before: [Parameter]
    ) -> Field<Parameter> {
        .section("a mapping with 'value', 'values', or 'min' and 'max', or 'distribution'") { section in
            Parameter(
                path: path, domain: Parameter.Domain(reading: &section), place: place,
                condition: section.optional("when", as: .condition(on: before)))
        }
    }
}

extension Field<Parameter.Condition> {
    /// Another parameter, and what it must be: a value, or one of a list.
    fileprivate static func condition(on parameters: [Parameter]) -> Field {
        let expected =
            "a mapping of one parameter, given above this one, to the value or the list of values that it must have"
        let placeholder = Parameter.Condition(path: "", numbers: [])
        return Field(expected, placeholder: placeholder) { cursor in
            guard let entry = cursor.node.entries?.first, cursor.node.entries?.count == 1 else {
                cursor.reportWrongType(expected: expected)
                return nil
            }
            let value = cursor.entry(entry.key, entry.value)
            guard let parameter = parameters.first(where: { $0.path == entry.key }) else {
                let known = parameters.map(\.path)
                cursor.problems.report(
                    .unknownKey(
                        at: entry.place, path: value.path, nearest: nearestNames(to: entry.key, among: known),
                        known: known.isEmpty ? ["none, as no parameter is given above"] : known))
                return nil
            }
            return read(value, of: parameter)
        }
    }

    private static func read(_ cursor: Cursor, of parameter: Parameter) -> Parameter.Condition? {
        // A list is one of the values itself, where the other parameter's values are lists.
        let nodes =
            parameter.number(cursor.node) == nil ? cursor.node.elements ?? [cursor.node] : [cursor.node]
        var numbers: [Double] = []
        for node in nodes {
            let number = parameter.number(node)
            guard let number, parameter.numbers?.contains(number) ?? false else {
                let known = (parameter.numbers ?? []).prefix(10).map(parameter.text).joined(separator: ", ")
                Cursor(node: node, path: cursor.path, problems: cursor.problems).reportOutOfRange(
                    expected: known.isEmpty
                        ? "a parameter with values that can be counted" : "one of \(known)")
                return nil
            }
            numbers.append(number)
        }
        return Parameter.Condition(path: parameter.path, numbers: numbers)
    }
}
