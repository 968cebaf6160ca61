import Foundation
import Synchronization
import TestSupport
import Testing

@testable import Studio

@Suite struct ServerTests {
    @Test func `Many ask at once, and each gets its own answer`() throws {
        try withStudio { client, _ in
            let failures = Mutex<[String]>([])
            DispatchQueue.concurrentPerform(iterations: 16) { worker in
                for round in 0..<10 {
                    let (target, sign) = [
                        ("/runs/flowers-001", "<h1>flowers-001</h1>"), ("/api/runs/flowers-002", "resnet50"),
                        ("/?where=name+~+flowers", "flowers-002"),
                        ("/none-\(worker)-\(round)", "none-\(worker)-\(round)"),
                    ][(worker + round) % 4]
                    let reply = try? client.get(target)
                    if reply?.text.contains(sign) != true {
                        failures.withLock { $0.append("\(target): \(reply?.status ?? -1)") }
                    }
                }
            }
            #expect(failures.withLock { $0 } == [])
        }
    }

    @Test func `A connection takes several requests, one after the other`() throws {
        try withStudio { client, _ in
            let connection = try Connection(port: client.port)
            for number in 1...3 {
                try connection.write(
                    Data("GET /api/runs/flowers-001 HTTP/1.1\r\nHost: 127.0.0.1:\(client.port)\r\n\r\n".utf8))
                #expect(connection.wait(for: "HTTP/1.1 200 OK", times: number))
                #expect(connection.wait(for: "\"tags\":[]}", times: number))
            }
        }
    }

    @Test func `Who keeps a connection without a word loses it`() throws {
        var limits = MicroHTTPD.Limits()
        limits.timeout = 1
        try withStudio(limits: limits) { client, _ in
            let connection = try Connection(port: client.port)
            try connection.write(Data("GET / HT".utf8))
            _ = connection.rest()
            #expect(try client.get("/").status == 200)
        }
    }

    @Test func `One address has so many connections and no more`() throws {
        var limits = MicroHTTPD.Limits()
        limits.connectionsPerAddress = 4
        try withStudio(limits: limits) { client, _ in
            let idle = try (0..<4).map { _ in try Connection(port: client.port) }
            for connection in idle { try connection.write(Data("GET ".utf8)) }
            try eventually { try client.get("/").status == 0 }
            withExtendedLifetime(idle) {}
        }
    }

    @Test(
        arguments: [
            ("a%20b", "a b"), ("%C3%A4", "ä"), ("a+b", "a+b"), ("%2B", "+"), ("%", nil), ("%4", nil),
            ("%g0", nil),
            ("%ff", nil), ("", ""),
        ] as [(String, String?)])
    func `Escapes are taken apart strictly`(text: String, expected: String?) {
        #expect(PercentCoding.decode(text) == expected)
        if let expected { #expect(PercentCoding.decode(PercentCoding.encode(expected)) == expected) }
    }

    @Test(arguments: [
        "GET / HT", "GET / HTTP/1.1\r\nHost: x",
        "POST /x HTTP/1.1\r\nHost: x\r\nContent-Length: 20\r\n\r\nabc",
    ])
    func `Who goes away in the middle of a request makes room for others`(beginning: String) throws {
        var limits = MicroHTTPD.Limits()
        limits.connectionsPerAddress = 4
        // Without waiting for the timeout.
        limits.timeout = 600
        try withStudio(limits: limits) { client, _ in
            for _ in 0..<4 { try Connection(port: client.port).write(Data(beginning.utf8)) }
            try eventually { (try? client.get("/").status) == 200 }
        }
    }

    @Test func `Secrets are equal only to themselves`() {
        #expect(Secret.isEqual("abc", "abc"))
        for other in ["", "ab", "abcd", "abx", "abcabc"] {
            #expect(!Secret.isEqual(other, "abc"), "\(other)")
        }
        #expect(Secret.random().count == 64 && Secret.random() != Secret.random())
    }
}
