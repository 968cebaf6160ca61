import Databases
import Foundation

/// A book of all runs below a folder, in an SQLite file that can be thrown away: what it says is read from the runs'
/// folders, again whenever something in them has changed.
public final class RunIndex {
    /// The folder of runs.
    public let runs: URL
    private let database: SQLiteConnection

    /// The version of the tables; files of other versions are made anew.
    private static let version = 2
    /// The file's name.
    static let fileName = ".index.sqlite"

    /// Opens the book of a folder of runs, or begins one, and brings it up to date.
    /// - Parameter observe: is told how many of the changed runs have been read.
    /// - Throws: ``TrackingError``, and whatever `observe` throws.
    public init(
        _ runs: URL, isRebuilt: Bool = false,
        observe: (_ done: Int, _ total: Int) throws -> Void = { _, _ in }
    ) throws {
        self.runs = runs
        // Before a file is made in a folder that is not there.
        let scan = try RunScan(runs)
        database = try Self.open(runs)
        try prepare(isRebuilt: isRebuilt)
        _ = try refresh(scan, observe)
    }

    /// A folder of others, that cannot be written to, gets a book in memory.
    private static func open(_ runs: URL) throws -> SQLiteConnection {
        let folder = runs.path(percentEncoded: false)
        guard access(folder, W_OK) == 0 else { return try SQLiteConnection(path: ":memory:") }
        let path = runs.appending(path: fileName).path(percentEncoded: false)
        do {
            let database = try SQLiteConnection(path: path)
            try database.run("SELECT count(*) FROM sqlite_master")
            return database
        } catch {
            // It is damaged, or something else: everything in it can be read again.
            for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + suffix) }
            return try SQLiteConnection(path: path)
        }
    }

    private func prepare(isRebuilt: Bool) throws {
        try database.transaction {
            let found = try database.version()
            guard isRebuilt || found != Self.version else { return }
            for table in ["facts", "keys", "tags", "runs"] {
                try database.run("DROP TABLE IF EXISTS \(table)")
            }
            try database.run(
                """
                CREATE TABLE runs (
                    id INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE, stamp TEXT NOT NULL, state TEXT NOT NULL,
                    note TEXT NOT NULL)
                """)
            try database.run("CREATE TABLE keys (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE)")
            // By key first: a filter or a column asks for one key of all runs.
            try database.run(
                "CREATE TABLE facts (key INTEGER, run INTEGER, value, PRIMARY KEY (key, run)) WITHOUT ROWID")
            try database.run(
                "CREATE TABLE tags (run INTEGER, tag TEXT, PRIMARY KEY (run, tag)) WITHOUT ROWID")
            try database.setVersion(Self.version)
        }
    }

    /// Brings the book up to date with what was found in the folders.
    /// - Returns: which runs came, went or changed.
    func refresh(_ scan: RunScan, _ observe: (Int, Int) throws -> Void = { _, _ in }) throws -> Changes {
        var known: [String: (id: Int, stamp: String)] = [:]
        for row in try database.run("SELECT path, id, stamp FROM runs") {
            guard let path = row[0].text, let id = row[1].integer, let stamp = row[2].text else { continue }
            known[path] = (id, stamp)
        }
        let found = Set(scan.found.map(\.path))
        let gone = known.filter { !found.contains($0.key) }.map(\.value.id)
        let changed = scan.found.filter { known[$0.path]?.stamp != $0.stamp }
        guard !gone.isEmpty || !changed.isEmpty else { return Changes() }
        var changes = Changes(removed: Set(gone))
        var keys = try keyNumbers()
        for id in gone { try database.transaction { try remove(id, keys) } }
        // Several hundred at once: one transaction a run would take most of the time.
        for start in stride(from: 0, to: changed.count, by: 200) {
            try observe(start, changed.count)
            try database.transaction {
                for run in changed[start..<min(start + 200, changed.count)] {
                    if let id = known[run.path]?.id {
                        try remove(id, keys)
                        changes.removed.insert(id)
                    }
                    let id = try add(run, RunRecord(runs.appending(path: run.path)), &keys)
                    if let id { changes.added.insert(id) }
                }
            }
        }
        try observe(changed.count, changed.count)
        return changes
    }

    /// What was different, by the runs' numbers; a run that changed was removed and added, maybe by the same number.
    struct Changes {
        var removed: Set<Int> = []
        var added: Set<Int> = []
    }

    /// Another number whenever another program has changed the book.
    func foreignVersion() throws -> Int { try database.run("PRAGMA data_version").first?.first?.integer ?? 0 }

    private func keyNumbers() throws -> [String: Int] {
        var keys: [String: Int] = [:]
        for row in try database.run("SELECT name, id FROM keys") {
            if let name = row[0].text, let id = row[1].integer { keys[name] = id }
        }
        return keys
    }

    private func remove(_ id: Int, _ keys: [String: Int]) throws {
        for key in keys.values {
            try database.run("DELETE FROM facts WHERE key = ? AND run = ?", .integer(key), .integer(id))
        }
        try database.run("DELETE FROM tags WHERE run = ?", .integer(id))
        try database.run("DELETE FROM runs WHERE id = ?", .integer(id))
    }

    private func add(_ run: RunScan.Found, _ record: RunRecord, _ keys: inout [String: Int]) throws -> Int? {
        let row = try database.run(
            "INSERT INTO runs (path, stamp, state, note) VALUES (?, ?, ?, ?) RETURNING id", .text(run.path),
            .text(run.stamp), .text(record.state.rawValue), .text(record.note))
        guard let id = row.first?.first?.integer else { return nil }
        for tag in record.tags {
            try database.run("INSERT INTO tags VALUES (?, ?)", .integer(id), .text(tag))
        }
        for (name, fact) in record.facts {
            let key = try keys[name] ?? addKey(name)
            keys[name] = key
            let value: SQLValue =
                switch fact {
                case .number(let number): .init(number)
                case .text(let text): .text(text)
                }
            try database.run("INSERT INTO facts VALUES (?, ?, ?)", .integer(key), .integer(id), value)
        }
        return id
    }

    private func addKey(_ name: String) throws -> Int {
        try database.run("INSERT INTO keys (name) VALUES (?) RETURNING id", .text(name)).first?.first?.integer
            ?? 0
    }
}

extension RunIndex {
    /// A run of the book.
    public struct Entry: Sendable, Equatable {
        /// What the book calls it.
        let id: Int
        /// Its path below the folder of runs, which is its name.
        public var name: String
        /// How it is.
        public var state: RunState
        /// Its tags.
        public var tags: [String]
        /// Its note.
        public var note: String
    }

    /// All runs, by name.
    public func entries() throws -> [Entry] {
        let tags = Dictionary(grouping: try database.run("SELECT run, tag FROM tags ORDER BY tag")) {
            $0[0].integer ?? 0
        }
        return try database.run("SELECT id, path, state, note FROM runs ORDER BY path").compactMap { row in
            guard let id = row[0].integer, let path = row[1].text,
                var state = row[2].text.flatMap(RunState.init)
            else { return nil }
            // A run that is going on says so by a lock, which no book can keep.
            if state != .finished, RunState.isHeld(log: file("log.jsonl", of: path)) { state = .running }
            return Entry(
                id: id, name: path, state: state, tags: (tags[id] ?? []).compactMap { $0[1].text },
                note: row[3].text ?? "")
        }
    }

    private func file(_ name: String, of run: String) -> String {
        runs.appending(path: run).appending(path: name).path(percentEncoded: false)
    }

    /// The names of all settings and metrics that any run has.
    public func keys() throws -> [String] {
        try database.run("SELECT name FROM keys ORDER BY name").compactMap { $0[0].text }
    }

    /// What all runs have for a key, by the runs' numbers.
    /// - Parameter run: only what this run has; nil for all.
    func facts(_ key: String, of run: Int? = nil) throws -> [Int: Fact] {
        let sql = "SELECT run, value FROM facts WHERE key = (SELECT id FROM keys WHERE name = ?)"
        let rows =
            try run.map { try database.run(sql + " AND run = ?", .text(key), .integer($0)) }
            ?? database.run(sql, .text(key))
        var facts: [Int: Fact] = [:]
        for row in rows {
            guard let run = row[0].integer else { continue }
            if let number = row[1].real { facts[run] = .number(number) }
            if let text = row[1].text { facts[run] = .text(text) }
        }
        return facts
    }
}
