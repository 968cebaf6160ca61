extension Field<String> {
    /// Text in one line. Numbers are taken as they are written, so that classes may be called `0` to `9`.
    package static func text(_ expected: String) -> Field {
        .scalar(expected, placeholder: "") { scalar in
            guard !scalar.isNull else { return .wrongType() }
            guard scalar.boolean == nil else { return .wrongType(hint: "put it in quotes") }
            let isClean = !scalar.text.unicodeScalars.contains { $0.properties.generalCategory == .control }
            return isClean && !scalar.text.isEmpty ? .value(scalar.text) : .outOfRange()
        }
    }

    /// Text of any length.
    package static var prose: Field {
        .scalar("text", placeholder: "") { scalar in
            scalar.boolean == nil ? .value(scalar.text) : .wrongType(hint: "put it in quotes")
        }
    }

    /// The path of a file or folder.
    package static func path(_ kind: String) -> Field { text("the path of \(kind)") }

    /// A name that can name a folder on any system.
    package static var identifier: Field {
        let expected = "a name of letters, digits, '.', '_' and '-', beginning with a letter or a digit"
        return .scalar(expected, placeholder: "") { scalar in
            guard !scalar.isNull else { return .wrongType() }
            guard scalar.boolean == nil else { return .wrongType(hint: "put it in quotes") }
            let letters = scalar.text.unicodeScalars
            guard let first = letters.first, isLetterOrDigit(first), letters.count <= 100 else {
                return .outOfRange()
            }
            return letters.allSatisfy { isLetterOrDigit($0) || "._-".unicodeScalars.contains($0) }
                ? .value(scalar.text) : .outOfRange()
        }
    }

    private static func isLetterOrDigit(_ letter: Unicode.Scalar) -> Bool {
        letter.isASCII && (letter.properties.isAlphabetic || letter.properties.numericType != nil)
    }
}

extension Field<[String]> {
    /// Names of classes, each once.
    static func classes(atLeast count: Int) -> Field {
        list(of: .text("the name of a class"), "a list of at least \(count) classes", atLeast: count)
            .checked { names in
                var seen: Set<String> = []
                return names.first { !seen.insert($0).inserted }.map { "'\($0)' is listed twice" }
            }
    }
}
