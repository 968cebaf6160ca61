import Foundation
import Graft

/// `graft export-runs`
enum ExportRunsCommand: Subcommand {
    static let specification = CommandSpecification(
        name: "export-runs",
        abstract: "Write runs for TensorBoard or MLflow.",
        discussion: """
            --tensorboard writes an event file for each run, with its curves, its results and its confusion matrix:
            into a folder, or with 'beside' into the runs' own folders (RUN/tensorboard). --mlflow writes MLflow's
            file store: settings as parameters, results and curves as metrics, tags, and the run's files as
            artifacts. A run that is exported again replaces what it was.

            Late versions of MLflow 3 open a file store only where MLFLOW_ALLOW_FILE_STORE=true is set, or once
            'mlflow migrate-filestore' has moved it into a database.
            """,
        operands: [
            .init(
                name: "RUN", help: "Which runs; all that meet --where, if none is given.", isRequired: false,
                isRepeated: true)
        ],
        options: [
            .init(
                name: "tensorboard", value: "FOLDER",
                help: "The folder for 'tensorboard --logdir'; or beside."),
            .init(name: "mlflow", value: "FOLDER", help: "The folder for 'mlflow ui --backend-store-uri'."),
            .init(
                name: "where", value: "FILTER", help: "Which runs, as for 'graft runs'.", completion: .nothing
            ),
            .runs,
        ],
        examples: [
            ("export-runs --tensorboard beside", "For tensorboard --logdir experiments/runs"),
            ("export-runs --mlflow mlruns --where 'state = finished'", "All that are finished"),
        ])

    static func run(_ arguments: Arguments) throws {
        let (board, store) = (arguments.value("tensorboard"), arguments.value("mlflow"))
        guard board != nil || store != nil else {
            throw UsageError.neededOption(
                "tensorboard", because: "or --mlflow: it says what to write", command: specification.name)
        }
        let index = try RunIndex.open(arguments)
        let runs = try chosen(arguments, index)
        Interruption.listen()
        var bar = ProgressBar("exporting", total: runs.count)
        defer { bar.clear() }
        for (position, run) in runs.enumerated() {
            try Interruption.check()
            let folder = index.folder(run)
            if let board {
                try TensorBoardExport.write(
                    folder,
                    to: board == "beside"
                        ? folder.appending(path: "tensorboard")
                        : URL(filePath: board).appending(path: run.name))
            }
            if let store { try MLflowStore(URL(filePath: store)).add(run.name, folder) }
            bar.update(position + 1)
        }
        bar.clear()
        Terminal.output.print("exported \(counted(runs.count, "run"))")
    }

    private static func chosen(_ arguments: Arguments, _ index: RunIndex) throws -> [RunIndex.Entry] {
        guard arguments.operands.isEmpty else {
            guard arguments.value("where") == nil else {
                throw UsageError.uselessOption(
                    "where", because: "the runs are named", command: specification.name)
            }
            return try arguments.operands.map(index.run)
        }
        let filter = try arguments.value("where").map { try Filter($0) }
        return try index.answer(RunQuery(filter: filter, columns: [])).rows.map(\.run)
    }
}
