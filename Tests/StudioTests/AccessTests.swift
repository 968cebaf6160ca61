import Foundation
import TestSupport
import Testing

@testable import Studio

@Suite struct AccessTests {
    @Test func `Every answer says what browsers may do with it`() throws {
        try withStudio { client, samples in
            try Data("<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>".utf8)
                .write(to: samples.runs.appending(path: "flowers-001/x.svg"))
            for target in [
                "/", "/runs/flowers-001", "/api/runs", "/sweeps", "/none", "/runs/flowers-001/files/x.svg",
                "/?page=x",
            ] {
                let headers = try client.get(target).headers
                #expect(headers["x-content-type-options"] == "nosniff", "\(target)")
                #expect(headers["x-frame-options"] == "DENY" && headers["referrer-policy"] == "same-origin")
                #expect(headers["cross-origin-resource-policy"] == "same-origin")
                #expect(headers["cache-control"]?.hasPrefix("private, no-") == true)
                let policy = try #require(headers["content-security-policy"])
                #expect(policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"))
                #expect(!policy.contains("script-src 'unsafe-inline'"))
            }
            let svg = try client.get("/runs/flowers-001/files/x.svg").headers
            #expect(svg["content-type"] == "image/svg+xml")
            #expect(svg["content-security-policy"]?.hasPrefix("sandbox;") == true)
        }
    }

    @Test func `A page's scripts and styles are those that its policy names`() throws {
        try withStudio { client, _ in
            for target in ["/", "/runs/flowers-001", "/compare?run=flowers-001&run=flowers-002", "/none"] {
                let page = try client.get(target)
                let policy = try #require(page.headers["content-security-policy"])
                let pattern = #/<(script|style)>(.*?)<\/(?:script|style)>/#.dotMatchesNewlines()
                let parts = page.text.matches(of: pattern)
                #expect(parts.count >= 4)
                for part in parts {
                    #expect(
                        policy.contains("'sha256-\(ContentPolicy.hash(of: String(part.2)))'"), "\(target)")
                }
            }
        }
    }

    @Test func `No path leads out of a run's folder`() throws {
        try withStudio { client, samples in
            let run = samples.runs.appending(path: "flowers-001")
            try Data("secret".utf8).write(to: samples.runs.appending(path: "secret.csv"))
            try Data("secret".utf8).write(to: run.appending(path: ".hidden.csv"))
            try Data("secret".utf8).write(to: run.appending(path: "program.sh"))
            try Data("plain".utf8).write(to: run.appending(path: "plain.csv"))
            let manager = FileManager.default
            try manager.createDirectory(at: run.appending(path: "inner"), withIntermediateDirectories: true)
            try Data("deep".utf8).write(to: run.appending(path: "inner/deep.csv"))
            try manager.createSymbolicLink(atPath: run.path + "/link.csv", withDestinationPath: "plain.csv")
            try manager.createSymbolicLink(atPath: run.path + "/out", withDestinationPath: "..")
            mkfifo(run.path + "/pipe.csv", 0o644)
            func get(_ path: String) throws -> Int {
                try client.get("/runs/flowers-001/files/" + path).status
            }
            #expect(try get("plain.csv") == 200 && get("inner/deep.csv") == 200 && get("%70lain.csv") == 200)
            for path in [
                "../secret.csv", "%2e%2e/secret.csv", "..%2fsecret.csv", "%2e%2e%2fsecret.csv",
                "out/secret.csv",
                "link.csv", ".hidden.csv", "%2ehidden.csv", "program.sh", "plain.csv%00", "inner", "pipe.csv",
                "inner/../plain.csv", "./plain.csv", "//plain.csv", "plain.csv%", "plain.csv%zz", "%ff.csv",
                "..\\secret.csv", "%5c..%5csecret.csv", "none.csv", "/etc/passwd", "inner/deep.csv/x.csv",
            ] {
                let status = try get(path)
                #expect(status == 404 || status == 400, "\(path): \(status)")
            }
            for target in [
                "/../secret.csv", "/runs/..", "/runs/%2e%2e/secret.csv", "/runs/.index.sqlite",
                "/sweeps/%2e%2e",
                "/runs/flowers-001%2ffiles%2fplain.csv", "/runs/search-001%2ftrial-0001",
            ] {
                let status = try client.get(target).status
                #expect(status == 404 || status == 400, "\(target): \(status)")
            }
        }
    }

    @Test func `A run whose files are links that lead elsewhere is not shown`() throws {
        try withStudio { client, samples in
            let run = samples.runs.appending(path: "flowers-001")
            try FileManager.default.createSymbolicLink(
                atPath: run.path + "/roc.csv", withDestinationPath: "/etc/passwd")
            for target in ["/runs/flowers-001", "/compare?run=flowers-001&run=flowers-002"] {
                let page = try client.get(target)
                #expect(
                    page.status == 403 && page.text.contains("flowers-001/roc.csv is a link")
                        && !page.text.contains("root:"))
            }
            #expect(try client.get("/runs/flowers-001/files/roc.csv").status == 404)
        }
    }

    @Test
    func `Requests that are too long, malformed or of other methods are refused, and the studio goes on`()
        throws
    {
        try withStudio { client, _ in
            let long = try client.get("/?where=" + String(repeating: "x", count: 20_000))
            #expect([400, 413, 414, 431].contains(long.status), "\(long.status)")
            let header = try client.get("/", "X-Long: " + String(repeating: "x", count: 20_000))
            #expect([400, 413, 431].contains(header.status), "\(header.status)")
            for method in ["POST", "PUT", "DELETE", "OPTIONS", "TRACE", "BREW"] {
                let reply = try client.get("/", "Content-Length: 0", method: method)
                #expect(reply.status == 405 && reply.headers["allow"] == "GET, HEAD", "\(method)")
            }
            let body = try client.post("/runs/flowers-001/note", String(repeating: "x", count: 70_000))
            #expect(body.status == 413)
            for bytes in [
                "GET\r\n\r\n", "\u{0}\u{1}\r\n\r\n", "GET / HTTP/1.1\r\nHost\r\n\r\n",
                "GET /\u{0} HTTP/1.1\r\n\r\n",
            ] {
                let connection = try Connection(port: client.port)
                try connection.write(Data(bytes.utf8))
                connection.finish()
                let status = Client.reply(connection.rest()).status
                #expect(status == 0 || status >= 400, "\(bytes)")
            }
            #expect(try client.get("/").status == 200)
        }
    }

    @Test func `A page elsewhere, whose name was made to lead here, is refused`() throws {
        try withStudio { client, _ in
            for host in ["localhost:\(client.port)", "LOCALHOST:\(client.port)", "[::1]:\(client.port)"] {
                #expect(try client.get("/", host: host).status == 200, "\(host)")
            }
            for host in [
                "evil.example", "evil.example:\(client.port)", "127.0.0.1", "127.0.0.1:1",
                "localhost.evil:\(client.port)", "",
            ] {
                #expect(try client.get("/", host: host).status >= 400, "\(host)")
            }
            let two = try client.get("/", "Host: evil.example")
            #expect(two.status >= 400)
            #expect(try client.send(["GET / HTTP/1.0"]).status >= 400)
        }
    }

    @Test func `With a token nobody sees anything without it, and a browser gets a cookie for it`() throws {
        let token = "0123456789abcdef"
        try withStudio(token: token) { client, _ in
            for target in [
                "/", "/api/runs", "/runs/flowers-001/files/metrics.csv", "/?token=",
                "/?token=0123456789abcdee",
            ] {
                let reply = try client.get(target)
                #expect(reply.status == 401 && !reply.text.contains("flowers-002"), "\(target)")
            }
            #expect(try client.get("/", "Authorization: Bearer \(token)").status == 200)
            #expect(try client.get("/", "Authorization: Bearer \(token)0").status == 401)
            #expect(try client.get("/", "Authorization: Bearer ").status == 401)

            let welcome = try client.get("/?where=tag:x&token=\(token)&page=1")
            #expect(welcome.status == 303 && welcome.headers["location"] == "/?where=tag:x&page=1")
            let cookie = try #require(welcome.headers["set-cookie"])
            #expect(
                cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict") && !cookie.contains(token))
            let pair = String(cookie.prefix { $0 != ";" })
            #expect(try client.get("/", "Cookie: a=b; \(pair)").status == 200)
            #expect(try client.get("/", "Cookie: \(pair)0").status == 401)
            #expect(try client.get("/", "Cookie: \(pair)0; \(pair)").status == 401)
            // Not the beginning of an address elsewhere.
            #expect(
                try client.get("//evil.example/?token=\(token)").headers["location"]?.hasPrefix("//") != true)
        }
    }

    @Test func `An address that others reach needs a token, and one that is hard to guess`() throws {
        try RunSamples.with { samples in
            func start(_ host: String, _ token: String?) throws -> Int {
                var options = Studio.Options()
                (options.host, options.token, options.port) = (host, token, 0)
                let studio = try Studio(samples.runs, options)
                defer { studio.stop() }
                return studio.port
            }
            #expect(throws: StudioError.tokenNeeded(host: "0.0.0.0", minimum: 16)) {
                try start("0.0.0.0", nil)
            }
            #expect(throws: StudioError.weakToken(minimum: 16, found: 5)) { try start("0.0.0.0", "short") }
            #expect(throws: StudioError.weakToken(minimum: 16, found: 17)) {
                try start("127.0.0.1", "0123456789abcdef;")
            }
            #expect(throws: StudioError.noAddress("example.org")) { try start("example.org", nil) }
            let ports = [try start("0.0.0.0", "0123456789abcdef"), try start("localhost", nil)]
            #expect(ports.allSatisfy { $0 > 0 })
        }
    }

    @Test func `A port that is taken is an error that names it`() throws {
        try withStudio { client, samples in
            var options = Studio.Options()
            options.port = client.port
            #expect(throws: StudioError.portInUse(address: "127.0.0.1:\(client.port)", port: client.port)) {
                try Studio(samples.runs, options)
            }
        }
    }
}
