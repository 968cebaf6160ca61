/// What the command line asks for.
struct HarnessOptions {
    var cases = 20_000
    var first = 0
    var seed: UInt64 = 1
    /// Seconds that a case may take; of processor time it has fewer.
    var patience: Int32 = 120
    var output = "mutation-findings"
    /// Where there are more files to be damaged.
    var folders: [String] = []

    static let help = """
        Damages real Keras files in thousands of ways, and checks that each is read or refused with an error that
        names the file, in bounded memory and time.

        USAGE: swift run -c release MutationHarness [options] [FOLDER...]

        The files are the fixtures of the tests, and all Keras files in the given folders. Cases are run in a
        process that reads without a reading process of its own; where that falls, the case is run again as
        users read files, and must be an error. Every case that does not end as it should is a failure, and so is
        every trap of Swift. They are written to the output folder: the file, and the change as JSON, which
        belongs in Tests/Fixtures/keras_files/failures when the failure is mended.

          --cases N      how many cases (default: 20000)
          --first N      the number of the first (default: 0), to run a part again
          --seed N       what the random numbers are drawn from (default: 1)
          --patience N   seconds that a case may take, of which it may compute for 3 (default: 120)
          --output DIR   where failures are written to (default: mutation-findings)

        The exit code is 0 if there were no failures, and 1 if there were.
        """

    /// A command line that makes no sense.
    struct UsageError: Error, CustomStringConvertible {
        let description: String
    }

    init(_ arguments: [String]) throws(UsageError) {
        var rest = arguments[...]
        while let option = rest.popFirst() {
            guard option.hasPrefix("--") else {
                folders.append(option)
                continue
            }
            guard let value = rest.popFirst() else {
                throw UsageError(description: "\(option) needs a value")
            }
            switch (option, Int(value)) {
            case ("--cases", let number?) where number > 0: cases = number
            case ("--first", let number?) where number >= 0: first = number
            case ("--seed", let number?) where number >= 0: seed = UInt64(number)
            case ("--patience", let number?) where (1...86_400).contains(number): patience = Int32(number)
            case ("--output", _): output = value
            default:
                throw UsageError(description: "\(option) \(value) makes no sense (--help lists all options)")
            }
        }
    }
}
