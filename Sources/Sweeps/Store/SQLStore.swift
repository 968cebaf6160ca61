import Databases
import Foundation

/// A sweep's state in the tables of a database that all its processes share.
///
/// | state | shared by |
/// |---|---|
/// | an SQLite file | processes on one machine, or on several whose file system locks |
/// | a schema of a PostgreSQL server | processes on any machines that reach the server |
public final class SQLStore: SweepStore {
    let database: any SQLConnection
    private let clock: () -> Date

    /// The version of the tables.
    private static let version = 1

    /// Opens the state in an SQLite file; it is made where it is not there.
    /// - Parameter clock: what time it is.
    /// - Throws: `DatabaseError`, ``SweepError/otherVersion(file:expected:found:)``
    public convenience init(path: String, clock: @escaping () -> Date = { Date() }) throws {
        try self.init(SQLiteConnection(path: path), name: path, clock: clock)
    }

    /// Opens the state in a schema of a PostgreSQL server; it is made where it is not there.
    /// - Parameter clock: what time it is.
    /// - Throws: `DatabaseError`, ``SweepError/otherVersion(file:expected:found:)``
    public convenience init(_ address: ServerAddress, clock: @escaping () -> Date = { Date() }) throws {
        try self.init(PostgreSQLConnection(address), name: address.description, clock: clock)
    }

    private init(_ database: any SQLConnection, name: String, clock: @escaping () -> Date) throws {
        self.database = database
        self.clock = clock
        try database.transaction {
            let found = try database.version()
            guard found != 0 else { return try Self.makeTables(database) }
            guard found == Self.version else {
                throw SweepError.otherVersion(file: name, expected: Self.version, found: found)
            }
        }
    }

    private static func makeTables(_ database: any SQLConnection) throws {
        try database.run("CREATE TABLE sweep (stopped INTEGER NOT NULL, next_token INTEGER NOT NULL)")
        try database.run("INSERT INTO sweep VALUES (0, 1)")
        try database.run(
            """
            CREATE TABLE trials (
                number INTEGER PRIMARY KEY, state TEXT NOT NULL, token INTEGER NOT NULL,
                attempts INTEGER NOT NULL, crashes INTEGER NOT NULL, worker TEXT,
                lease_until DOUBLE PRECISION, began DOUBLE PRECISION NOT NULL, ended DOUBLE PRECISION,
                error TEXT)
            """)
        try database.run(
            """
            CREATE TABLE parameters (
                trial INTEGER NOT NULL REFERENCES trials, path TEXT NOT NULL,
                number DOUBLE PRECISION NOT NULL, PRIMARY KEY (trial, path))
            """)
        // Epoch 0 stands for what is known at the end.
        try database.run(
            """
            CREATE TABLE metrics (
                trial INTEGER NOT NULL REFERENCES trials, epoch INTEGER NOT NULL, name TEXT NOT NULL,
                value DOUBLE PRECISION, PRIMARY KEY (trial, epoch, name))
            """)
        try database.setVersion(version)
    }

    /// All trials.
    public func trials() throws -> [Trial] { try database.reading { try readTrials() } }

    /// Gives a worker a trial.
    public func claim(
        _ request: ClaimRequest, propose: ([Trial]) throws -> Assignment?
    ) throws -> ClaimAnswer {
        try database.transaction {
            guard try !readStopped() else { return .over }
            try failHopeless(request)
            let trials = try readTrials()
            let free = try trials.first {
                try ($0.state == .waiting || isAbandoned($0)) && request.accepts($0.assignment)
            }
            if let free { return .claimed(try give(free, to: request)) }
            if trials.count < request.trialCap ?? .max, let assignment = try propose(trials),
                try request.accepts(assignment)
            {
                return .claimed(try give(add(assignment, number: trials.count + 1), to: request))
            }
            return trials.allSatisfy(\.isOver) ? .over : .later
        }
    }

    private func isAbandoned(_ trial: Trial) throws -> Bool {
        guard trial.state == .running else { return false }
        if let isAlive = trial.worker?.isAlive { return !isAlive }
        let row = try database.run(
            "SELECT lease_until FROM trials WHERE number = ?", .integer(trial.number))
        return (row.first?.first?.real ?? 0) < clock().timeIntervalSince1970
    }

    /// A trial that ends every process that works on it must not end all of them.
    private func failHopeless(_ request: ClaimRequest) throws {
        for trial in try readTrials() where try isAbandoned(trial) {
            try database.run(
                "UPDATE trials SET state = 'waiting', worker = NULL, crashes = crashes + 1 WHERE number = ?",
                .integer(trial.number))
        }
        try database.run(
            """
            UPDATE trials SET state = 'failed', ended = ?, error =
                'the process that trained it died ' || crashes || ' times without finishing an epoch'
            WHERE state = 'waiting' AND crashes >= ?
            """, .real(clock().timeIntervalSince1970), .integer(request.crashLimit))
    }

    private func add(_ assignment: Assignment, number: Int) throws -> Trial {
        let now = clock()
        try database.run(
            "INSERT INTO trials VALUES (?, 'waiting', 0, 0, 0, NULL, NULL, ?, NULL, NULL)",
            .integer(number), .real(now.timeIntervalSince1970))
        for (path, value) in assignment {
            try database.run(
                "INSERT INTO parameters VALUES (?, ?, ?)", .integer(number), .text(path), .real(value))
        }
        return Trial(number: number, state: .waiting, assignment: assignment, began: now)
    }

    private func give(_ trial: Trial, to request: ClaimRequest) throws -> Claim {
        let token = try database.run("SELECT next_token FROM sweep").first?.first?.integer ?? 1
        try database.run("UPDATE sweep SET next_token = ?", .integer(token + 1))
        try database.run(
            """
            UPDATE trials SET state = 'running', token = ?, attempts = attempts + 1, worker = ?, lease_until = ?
            WHERE number = ?
            """, .integer(token), .init(request.worker.encoded), .real(leaseEnd(request.lease)),
            .integer(trial.number))
        return Claim(trial: trial.number, token: token, assignment: trial.assignment)
    }

    private func leaseEnd(_ lease: TimeInterval) -> Double { clock().timeIntervalSince1970 + lease }

    /// Says that the worker is alive.
    public func renew(_ claim: Claim, lease: TimeInterval) throws {
        try database.transaction {
            try database.run(
                "UPDATE trials SET lease_until = ? WHERE number = ? AND token = ? AND state = 'running'",
                .real(leaseEnd(lease)), .integer(claim.trial), .integer(claim.token))
            try checkChange(claim)
        }
    }

    /// Says how an epoch came out.
    public func report(
        epoch: Int, _ metrics: [String: Double], _ claim: Claim, judge: ([Trial]) throws -> Bool
    ) throws -> Bool {
        try database.transaction {
            try database.run(
                "UPDATE trials SET crashes = 0 WHERE number = ? AND token = ? AND state = 'running'",
                .integer(claim.trial), .integer(claim.token))
            try checkChange(claim)
            // A trial that goes on from a checkpoint trains later epochs again.
            try database.run(
                "DELETE FROM metrics WHERE trial = ? AND epoch >= ?", .integer(claim.trial), .integer(epoch))
            try write(metrics, epoch: epoch, claim)
            guard try judge(readTrials()) else { return false }
            try end(claim, "stopped", error: nil)
            return true
        }
    }

    /// Says that the trial is over.
    public func finish(_ claim: Claim, results: [String: Double]) throws {
        try database.transaction {
            try end(claim, "finished", error: nil)
            try database.run("DELETE FROM metrics WHERE trial = ? AND epoch = 0", .integer(claim.trial))
            try write(results, epoch: 0, claim)
        }
    }

    /// Says that the trial came to nothing.
    public func fail(_ claim: Claim, error: String) throws {
        try database.transaction { try end(claim, "failed", error: error) }
    }

    private func end(_ claim: Claim, _ state: String, error: String?) throws {
        try database.run(
            """
            UPDATE trials SET state = ?, ended = ?, error = ?, worker = NULL, lease_until = NULL
            WHERE number = ? AND token = ? AND state = 'running'
            """, .text(state), .real(clock().timeIntervalSince1970), .init(error), .integer(claim.trial),
            .integer(claim.token))
        try checkChange(claim)
    }

    private func write(_ metrics: [String: Double], epoch: Int, _ claim: Claim) throws {
        for (name, value) in metrics {
            try database.run(
                "INSERT INTO metrics VALUES (?, ?, ?, ?)", .integer(claim.trial), .integer(epoch),
                .text(name), .init(value))
        }
    }

    private func checkChange(_ claim: Claim) throws {
        guard database.changes == 1 else { throw SweepError.leaseLost(trial: claim.trial) }
    }

    /// Gives the trial back.
    public func release(_ claim: Claim) throws {
        try database.transaction {
            try database.run(
                """
                UPDATE trials SET state = 'waiting', worker = NULL, lease_until = NULL
                WHERE number = ? AND token = ? AND state = 'running'
                """, .integer(claim.trial), .integer(claim.token))
            try checkChange(claim)
        }
    }

    /// Whether workers are asked to stop.
    public func isStopped() throws -> Bool {
        try database.reading { try readStopped() }
    }

    private func readStopped() throws -> Bool {
        try database.run("SELECT stopped FROM sweep").first?.first?.integer == 1
    }

    /// Asks workers to stop, or no longer.
    public func setStopped(_ stopped: Bool) throws {
        try database.transaction {
            _ = try database.run("UPDATE sweep SET stopped = ?", .integer(stopped ? 1 : 0))
        }
    }

    /// Lets trials wait to be tried again.
    public func retry(_ numbers: [Int]) throws -> [Int] {
        try database.transaction {
            try numbers.filter { number in
                try database.run(
                    """
                    UPDATE trials SET state = 'waiting', crashes = 0, ended = NULL, error = NULL
                    WHERE number = ? AND state = 'failed'
                    """, .integer(number))
                return database.changes == 1
            }
        }
    }
}
