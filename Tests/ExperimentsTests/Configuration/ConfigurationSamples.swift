@testable import Experiments

/// Configurations that tests start from.
enum ConfigurationSamples {
    /// What a file must say at least.
    static let minimal = """
        name: small
        data:
          image_folder: pictures
        model:
          architecture: mobilenet
          weights: none
        training:
          stages:
            - epochs: 2
              learning_rate: 0.001

        """

    /// The minimal file with a line after the one that contains a text, or in its stead.
    static func minimal(replacing line: String, with replacement: String) -> String {
        minimal.split(separator: "\n", omittingEmptySubsequences: false)
            .map { $0.contains(line) ? replacement : String($0) }.joined(separator: "\n")
    }

    /// The minimal file with further keys of its stage.
    static func stage(_ keys: String) -> String { minimal + "      \(keys)\n" }

    /// The file read; for tests of what it means.
    static func parsed(_ yaml: String, _ overrides: [String] = []) throws -> ExperimentConfiguration {
        try .parse(yaml, file: "x.yaml", overrides: overrides)
    }

    /// What is wrong with a file, a line for each error.
    static func errors(_ yaml: String, _ overrides: [String] = []) -> [String] {
        do throws(ConfigurationError) {
            _ = try ExperimentConfiguration.parse(yaml, file: "x.yaml", overrides: overrides)
            return []
        } catch { return error.description.split(separator: "\n").map(String.init) }
    }
}
