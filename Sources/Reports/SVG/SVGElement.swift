import Foundation

/// A value that an attribute of SVG can have.
protocol SVGAttributeValue {
    /// The value as the attribute has it, not yet escaped.
    var attributeText: String { get }
}

extension String: SVGAttributeValue {
    var attributeText: String { self }
}

extension Double: SVGAttributeValue {
    /// Rounded to a hundredth of a pixel, without zeros that say nothing.
    var attributeText: String {
        let hundredths = (self * 100).rounded()
        guard hundredths.isFinite, abs(hundredths) < 1e12 else { return "0" }
        let whole = Int(hundredths)
        let (units, rest) = abs(whole).quotientAndRemainder(dividingBy: 100)
        let sign = whole < 0 ? "-" : ""
        if rest == 0 { return "\(sign)\(units)" }
        let digits = rest < 10 ? "0\(rest)" : "\(rest)"
        return "\(sign)\(units).\(rest.isMultiple(of: 10) ? String(digits.dropLast()) : digits)"
    }
}

/// An element of an SVG drawing: a name, attributes, and either text or other elements inside.
struct SVGElement {
    var name: String
    var attributes: [(name: String, value: String)]
    var content: String
    var children: [SVGElement]

    init(
        _ name: String, _ attributes: KeyValuePairs<String, any SVGAttributeValue> = [:], text: String = "",
        _ children: [SVGElement] = []
    ) {
        self.name = name
        self.attributes = attributes.map { ($0.key, $0.value.attributeText) }
        content = text
        self.children = children
    }

    /// Adds the element's XML to a text.
    func write(to text: inout String, indent: String = "") {
        text += "\(indent)<\(name)"
        for (name, value) in attributes { text += " \(name)=\"\(value.escapedForXMLAttribute)\"" }
        if children.isEmpty {
            text += content.isEmpty ? "/>\n" : ">\(content.escapedForXML)</\(name)>\n"
        } else {
            text += ">\n"
            for child in children { child.write(to: &text, indent: indent + " ") }
            text += "\(indent)</\(name)>\n"
        }
    }

    /// The same element with a further attribute.
    func with(_ name: String, _ value: any SVGAttributeValue) -> SVGElement {
        var element = self
        element.attributes.append((name, value.attributeText))
        return element
    }
}

extension String {
    /// The text with XML's own characters escaped, and those that XML cannot hold replaced by U+FFFD.
    var escapedForXML: String {
        var escaped = ""
        for scalar in unicodeScalars {
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            case "\t", "\n": escaped.unicodeScalars.append(scalar)
            case "\r": escaped += "&#13;"
            // Control characters that XML 1.0 forbids or discourages, and its two noncharacters.
            case "\u{0}"..<" ", "\u{7F}"..<"\u{A0}", "\u{FFFE}", "\u{FFFF}": escaped += "\u{FFFD}"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }

    /// The same for the value of an attribute, where a parser would take line ends for spaces.
    var escapedForXMLAttribute: String {
        escapedForXML.replacing("\t", with: "&#9;").replacing("\n", with: "&#10;")
    }
}
