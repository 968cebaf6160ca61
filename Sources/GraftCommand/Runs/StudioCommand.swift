import Foundation
import Graft
import Studio

/// `graft studio`
enum StudioCommand: Subcommand {
    static let specification = CommandSpecification(
        name: "studio",
        abstract: "Look at runs in a browser: table, reports, comparisons, live curves.",
        discussion: """
            Serves the runs of a folder as web pages: the table of all runs, with the filters and columns of
            'graft runs'; each run's report and files, and while it goes on its curves as they grow; several
            runs side by side; sweeps with their trials. Beside each page, /api/runs, /api/runs/RUN,
            /api/sweeps and /api/sweeps/SWEEP have the same as JSON, and /api/runs/RUN/events what happens
            in a run as server-sent events.

            It only shows, unless --allow-edit lets pages change tags and notes and move runs to the bin. It
            listens to this machine alone. To look from elsewhere, forward the port:
            'ssh -L 8484:127.0.0.1:8484 MACHINE'. Another --host needs a token, which --token or better
            GRAFT_TOKEN gives (others on the machine can read command lines); connections are not encrypted.

            Ctrl-C ends it.
            """,
        operands: [
            .init(
                name: "FOLDER", help: "The folder of runs; experiments/runs if not given.", isRequired: false)
        ],
        options: [
            .init(name: "port", value: "N", help: "The port; 8484 if not given.", completion: .nothing),
            .init(
                name: "host", value: "ADDRESS", help: "Where to listen; 127.0.0.1 if not given.",
                completion: .words(["127.0.0.1", "::1", "0.0.0.0"])),
            .init(
                name: "token", value: "TOKEN",
                help: "What a browser must show: 16 characters or more; $GRAFT_TOKEN if not given.",
                completion: .nothing),
            .init(name: "allow-edit", help: "Let pages change tags and notes, and move runs to the bin."),
            .init(name: "no-pictures", help: "Leave the test pictures out of reports."),
            .init(name: "open", help: "Open the page in the usual browser."),
            .init(name: "runs", value: "FOLDER", help: "The folder of runs, as other commands take it."),
        ],
        examples: [
            ("studio", "The runs of experiments/runs, on http://127.0.0.1:8484/"),
            ("studio --allow-edit --open", "Sort them out"),
            ("studio /data/runs --port 9000", "Another folder, another port"),
        ])

    static func run(_ arguments: Arguments) throws {
        if arguments.has("runs"), !arguments.operands.isEmpty {
            throw UsageError.uselessOption(
                "runs", because: "a folder is named already", command: specification.name)
        }
        let folder = arguments.operands.first ?? arguments.value("runs") ?? "experiments/runs"
        var bar: ProgressBar?
        Interruption.listen()
        let studio = try Studio(URL(filePath: folder, directoryHint: .isDirectory), options(arguments)) {
            done, total in
            try Interruption.check()
            guard total >= 500 else { return }
            if bar == nil { bar = ProgressBar("reading runs", total: total) }
            bar?.update(done)
        }
        bar?.clear()
        defer { studio.stop() }
        let output = Terminal.output
        output.print(
            "\(counted(studio.runCount, "run")) of \(folder) at \(output.style.cyan(studio.address))  (Ctrl-C ends it)"
        )
        if arguments.has("open") { open(studio.address) }
        while true {
            try Interruption.check()
            usleep(100_000)
        }
    }

    private static func options(_ arguments: Arguments) throws -> Studio.Options {
        var options = Studio.Options()
        let name = specification.name
        if let port = try arguments.integer("port", atLeast: 0, command: name) {
            guard port < 65_536 else {
                throw UsageError.badValue(
                    option: "port", expected: "a port, up to 65535", found: "\(port)", command: name)
            }
            options.port = port
        }
        options.host = arguments.value("host") ?? options.host
        // A variable that is empty is as good as none.
        let variable = ProcessInfo.processInfo.environment["GRAFT_TOKEN"].flatMap { $0.isEmpty ? nil : $0 }
        options.token = arguments.value("token") ?? variable
        options.allowsEdits = arguments.has("allow-edit")
        if !arguments.has("no-pictures") {
            options.pictures = { folder in
                // Only a run with predictions needs its data looked through.
                lazy var pictures = TestPictures(folder)
                return { pictures?.thumbnail($0) }
            }
        }
        return options
    }

    private static func open(_ address: String) {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["xdg-open", address]
        (process.standardOutput, process.standardError) = (FileHandle.nullDevice, FileHandle.nullDevice)
        // Whoever has no browser here has read the address.
        try? process.run()
    }
}
