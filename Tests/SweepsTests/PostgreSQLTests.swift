import Databases
import Foundation
import TestSupport
import Testing

@testable import Sweeps

@Suite(.enabled(if: PostgreSQLServer.isInstalled, "needs Debian's package postgresql-15"))
struct PostgreSQLTests {
    private func address() throws -> ServerAddress {
        try StoreBackend.address(schema: "test \"\(UUID().uuidString)")
    }

    private func claim(_ store: SQLStore) throws -> Claim? {
        let request = ClaimRequest(worker: .current, lease: 60, trialCap: 5)
        guard case .claimed(let claim) = try store.claim(request, propose: { _ in ["x": 0.1] }) else {
            return nil
        }
        return claim
    }

    @Test func `A sweep's folder says where on the server its state is, and no other sweep sees it`() throws {
        try Fixtures.withTemporaryFolder { runs in
            let sweep = try SweepSamples.sweep(
                "training.stages.0.learning_rate: {values: [0.5, 0.1]}", method: "grid",
                more: "storage: '\(try address().url)'")
            let (folder, _) = try SweepFolder.find(sweep, in: runs)
            let claimed = try #require(try claim(folder.store()))
            let again = try SweepFolder.find(sweep, in: runs)
            #expect(again.wasThere && again.folder.path == folder.path)
            #expect(try again.folder.store().trials().map(\.number) == [claimed.trial])
            #expect(try SweepFolder.open(folder.path).store().trials().count == 1)
            #expect(!FileManager.default.fileExists(atPath: folder.state.path))
            let other = try SweepFolder.find(sweep, in: runs, isNew: true).folder
            #expect(try other.store().trials().isEmpty)
            let names = try FileManager.default.contentsOfDirectory(atPath: folder.url.path)
            #expect(names.sorted() == ["sweep.postgresql", "sweep.yaml"])
        }
    }

    @Test func `A sweep that is removed for good leaves nothing on the server`() throws {
        try Fixtures.withTemporaryFolder { runs in
            let sweep = try SweepSamples.sweep(
                "training.stages.0.learning_rate: {values: [0.5, 0.1]}", method: "grid",
                more: "storage: '\(try address().url)'")
            let (folder, _) = try SweepFolder.find(sweep, in: runs)
            let (other, _) = try SweepFolder.find(sweep, in: runs, isNew: true)
            let schema = try JSONDecoder().decode(ServerAddress.self, from: Data(contentsOf: folder.server))
                .schema
            func tables() throws -> Int? {
                try other.store().database.run(
                    "SELECT count(*) FROM information_schema.tables WHERE table_schema = ?", .text(schema)
                ).first?.first?.integer
            }
            #expect(try tables() ?? 0 > 0)
            try folder.forgetState()
            #expect(try tables() == 0)
            #expect(throws: Never.self) { try folder.forgetState() }
            #expect(try other.store().trials().isEmpty)
        }
    }

    @Test func `A connection that the server ended is made again`() throws {
        let address = try address()
        let store = try SQLStore(address)
        let first = try #require(try claim(store))
        let process = try #require(try store.database.run("SELECT pg_backend_pid()").first?.first?.integer)
        let other = try PostgreSQLConnection(address)
        let ended = try other.run("SELECT pg_terminate_backend(?)", .integer(process))
        #expect(ended == [[.text("t")]])
        try store.finish(first, results: ["loss": 0.1 + 0.2])
        let now = try store.database.run("SELECT pg_backend_pid()").first?.first?.integer
        #expect(now != process)
        #expect(try store.trials()[0].results == ["loss": 0.1 + 0.2])
    }

    @Test func `What fails half-way leaves nothing behind`() throws {
        struct Problem: Error {}
        let store = try SQLStore(address())
        #expect(throws: Problem.self) {
            let request = ClaimRequest(worker: .current, lease: 60, trialCap: 5)
            _ = try store.claim(request) { _ in throw Problem() }
        }
        let claimed = try #require(try claim(store))
        #expect(throws: Problem.self) {
            _ = try store.report(epoch: 1, ["loss": 1], claimed) { _ in throw Problem() }
        }
        #expect(try store.trials()[0].epochs.isEmpty)
    }

    @Test func `Tables of another version are refused`() throws {
        let address = try address()
        try SQLStore(address).database.run("UPDATE version SET number = 7")
        #expect(throws: SweepError.otherVersion(file: address.description, expected: 1, found: 7)) {
            _ = try SQLStore(address)
        }
    }

    @Test func `Several that make the tables at once make them once`() throws {
        let address = try address()
        DispatchQueue.concurrentPerform(iterations: 4) { _ in
            #expect(throws: Never.self) { _ = try SQLStore(address) }
        }
        #expect(try SQLStore(address).database.run("SELECT stopped, next_token FROM sweep").count == 1)
    }
}

@Suite struct ServerAddressTests {
    @Test func `A server that does not answer is named, without the password`() {
        let address = ServerAddress(url: "postgresql://me:secret@127.0.0.1:1/sweeps", schema: "x")
        #expect(address.description == "postgresql://127.0.0.1:1/sweeps")
        do {
            _ = try SQLStore(address)
            Issue.record("nobody listens at this port")
        } catch {
            #expect("\(error)".hasPrefix("postgresql://127.0.0.1:1/sweeps: "))
            #expect("\(error)".contains("refused") && !"\(error)".contains("secret"))
        }
    }

    @Test func `What is no server's address is refused at its line`() {
        let problem = SweepSamples.problem(
            "training.stages.0.learning_rate: {values: [0.5]}", more: "storage: mysql://me:secret@host/sweeps"
        )
        #expect(problem.contains("storage") && problem.contains("postgresql://USER@HOST:PORT/DATABASE"))
        #expect(!problem.contains("secret"))
    }
}
