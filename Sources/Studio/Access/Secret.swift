/// Words that nobody guesses.
enum Secret {
    /// 32 random bytes in hexadecimal digits.
    static func random() -> String {
        var generator = SystemRandomNumberGenerator()
        return (0..<4).map { _ in
            let digits = String(generator.next() as UInt64, radix: 16)
            return String(repeating: "0", count: 16 - digits.count) + digits
        }.joined()
    }

    /// Whether two texts are equal, in a time that does not tell how far they are.
    static func isEqual(_ given: String, _ known: String) -> Bool {
        let (given, known) = (Array(given.utf8), Array(known.utf8))
        var difference = given.count ^ known.count
        for index in known.indices {
            difference |= Int((given.isEmpty ? 0 : given[index % given.count]) ^ known[index])
        }
        return difference == 0
    }
}
