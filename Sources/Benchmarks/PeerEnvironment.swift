import Foundation

/// The Python in which the peers run.
struct PeerEnvironment {
    /// The interpreter.
    let python: String

    /// The given interpreter, or one in an environment outside the checkout that is made on demand.
    init(python: String?, for peers: [Peer]) throws(BenchmarkError) {
        if let python {
            self.python = python
            for peer in peers { try check(peer) }
            return
        }
        let folder = Self.folder
        self.python = folder + "/bin/python"
        if !FileManager.default.isExecutableFile(atPath: self.python) {
            announce("making a Python environment in \(folder)")
            _ = try Command("python3", ["-m", "venv", folder]).run(showingErrors: true)
        }
        for peer in peers where (try? check(peer)) == nil {
            announce(
                "installing \(peer.packages.joined(separator: ", ")) from PyPI (once; this can take minutes)")
            let pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
            _ = try Command(self.python, pip + peer.packages).run(showingErrors: true)
            try check(peer)
        }
    }

    private static var folder: String {
        let environment = ProcessInfo.processInfo.environment
        let cache = environment["XDG_CACHE_HOME"].flatMap { $0.isEmpty ? nil : $0 }
        return (cache ?? NSHomeDirectory() + "/.cache") + "/graft/benchmark-peers"
    }

    /// Checks that a peer's packages are there.
    private func check(_ peer: Peer) throws(BenchmarkError) {
        // Found, not imported: importing takes many seconds.
        let program = """
            import importlib.util, sys
            missing = [name for name in sys.argv[1:] if importlib.util.find_spec(name) is None]
            sys.exit("has no package " + ", ".join(missing) if missing else 0)
            """
        _ = try Command(python, ["-c", program] + peer.modules).run(showingErrors: false)
    }
}

/// Says what is going on, apart from the results.
func announce(_ message: String) { FileHandle.standardError.write(Data((message + "\n").utf8)) }
