import Experiments
import Foundation

extension SweepConfiguration {
    /// Reads a sweep's YAML file, and checks every value that it names against the experiment.
    /// - Throws: ``ConfigurationError``; everything that is wrong, at once.
    public static func load(path: String) throws(ConfigurationError) -> Self {
        let folder = URL(filePath: path).deletingLastPathComponent()
        return try read(ExperimentConfiguration.document(path: path), relativeTo: folder)
    }

    /// Reads a sweep's YAML text.
    /// - Parameters:
    ///   - file: what errors call it.
    ///   - folder: what the path of the experiment's file is relative to.
    /// - Throws: ``ConfigurationError``; everything that is wrong, at once.
    public static func parse(
        _ yaml: String, file: String = "sweep", relativeTo folder: URL
    ) throws(ConfigurationError) -> Self {
        try read(
            YAMLComposer.compose(Array(yaml.utf8)) { .file(file, line: $0, column: $1) }, relativeTo: folder)
    }

    private static func read(
        _ document: YAMLNode, relativeTo folder: URL
    ) throws(ConfigurationError) -> Self {
        let problems = Problems()
        let field = Field<Self>.sweep(document, relativeTo: folder)
        let result = field.read(Cursor(node: document, path: "", problems: problems))
        try problems.throwIfAny()
        let sweep = result ?? field.placeholder()
        try sweep.checkAgainstExperiment()
        return sweep
    }
}

extension Field<SweepConfiguration> {
    fileprivate static func sweep(_ document: YAMLNode, relativeTo folder: URL) -> Field {
        section { section in
            ForeignKeys.refuse(in: &section)
            let method = section.required("method", as: .method)
            let metrics = section.required("metric", as: .metrics)
            let parameters = section.required("parameters", as: .parameters)
            if case .grid = method, let endless = parameters.first(where: { $0.numbers == nil }) {
                section["parameters"]?.reportContradiction("\(SweepError.notCountable(path: endless.path))")
            }
            return SweepConfiguration(
                name: section.required("name", as: .identifier),
                description: section.optional("description", as: .prose), method: method, metrics: metrics,
                space: SearchSpace(parameters),
                earlyTermination: section.optional("early_terminate", as: .earlyTermination(metrics)),
                runCap: section.optional("run_cap", as: .whole(atLeast: 1)),
                seed: section.optional("seed", as: .whole(atLeast: 0), default: 0),
                storage: section.optional("storage", as: .server),
                executor: section.optional("executor", as: .executor, default: .local),
                batchLimit: section.optional(
                    "batch_trials", as: .whole(1...64), default: method.usualBatchLimit),
                keptWeights: section.optional("keep_weights", as: .choice, default: .best),
                experiment: section.required("experiment", as: .experiment(relativeTo: folder)),
                document: document)
        }
    }
}

extension Field<String> {
    /// The address of a PostgreSQL server.
    fileprivate static var server: Field {
        let expected = "the address of a PostgreSQL server: postgresql://USER@HOST:PORT/DATABASE"
        return Field(expected, placeholder: "") { cursor in
            guard let address = text(expected).read(cursor) else { return nil }
            guard ["postgresql", "postgres"].contains(URL(string: address)?.scheme) else {
                // Not what was found: it might hold a password.
                cursor.reportContradiction("expected \(expected)")
                return nil
            }
            return address
        }
    }
}

extension Field<YAMLNode> {
    /// An experiment: its file, or itself.
    fileprivate static func experiment(relativeTo folder: URL) -> Field {
        let expected = "the path of an experiment's file, relative to this one, or the experiment itself"
        return Field(expected, placeholder: .list([])) { cursor in
            if cursor.node.entries != nil { return cursor.node }
            guard let path = Field<String>.path("an experiment's file").read(cursor) else { return nil }
            let full = URL(filePath: (path as NSString).expandingTildeInPath, relativeTo: folder)
            do throws(ConfigurationError) {
                return try ExperimentConfiguration.document(path: full.relativeToWorkingDirectory)
            } catch {
                cursor.reportContradiction("\(error); the path is relative to the sweep's file")
                return nil
            }
        }
    }
}

extension URL {
    /// The path as a person would type it.
    fileprivate var relativeToWorkingDirectory: String {
        let full = standardizedFileURL.path(percentEncoded: false)
        let working = FileManager.default.currentDirectoryPath + "/"
        return full.hasPrefix(working) ? String(full.dropFirst(working.count)) : full
    }
}
