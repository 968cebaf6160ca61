import Foundation
import TestSupport
import Testing

@testable import Studio

@Suite struct EventTests {
    private func follow(_ client: Client, _ headers: String..., run: String = "going-001") throws
        -> Connection
    {
        try eventually { (try? client.get("/api/runs/\(run)").status) == 200 }
        let connection = try Connection(port: client.port)
        let head =
            ["GET /api/runs/\(run)/events HTTP/1.1", "Host: 127.0.0.1:\(client.port)", "Connection: close"]
            + headers + ["", ""]
        try connection.write(Data(head.joined(separator: "\r\n").utf8))
        return connection
    }

    private func text(_ connection: Connection) -> String {
        String(decoding: connection.received, as: UTF8.self)
    }

    @Test func `Epochs and steps are told as they are written, and the end of the run ends the stream`()
        throws
    {
        try withStudio { client, samples in
            let run = try GoingRun(samples)
            try run.write(epochs: 1)
            try run.write(steps: 1..<4)
            let stream = try follow(client)
            #expect(stream.wait(for: "event: epoch") && stream.wait(for: "event: step", times: 3))
            #expect(stream.wait(for: #"data: {"state":"running"}"#))
            #expect(text(stream).contains("Content-Type: text/event-stream"))
            try run.write(steps: 4..<6, cut: 10)
            #expect(stream.wait(for: #""step":4"#))
            try run.write(epochs: 3)
            #expect(stream.wait(for: "event: epoch", times: 3))
            // A line that was being written is told once it is whole.
            #expect(!text(stream).contains(#""step":5"#))
            try run.finish()
            let all = String(decoding: stream.rest(), as: UTF8.self)
            #expect(all.contains(#"data: {"state":"finished"}"#))
            #expect(all.contains(#""epoch":3"#) && all.contains(#""val_accuracy":0.5"#))
        }
    }

    @Test func `A browser that comes back is told what it has not heard yet`() throws {
        try withStudio { client, samples in
            let run = try GoingRun(samples)
            try run.write(epochs: 2)
            try run.write(steps: 1..<9)
            let first = try follow(client)
            #expect(first.wait(for: "event: epoch", times: 2) && first.wait(for: "\n\n", times: 12))
            let last = try #require(text(first).matches(of: #/id: (\d+-\d+)/#).last).1
            try run.write(epochs: 3)
            let second = try follow(client, "Last-Event-ID: \(last)")
            #expect(second.wait(for: "event: epoch"))
            #expect(second.wait(for: "event: state"))
            #expect(text(second).contains(#""epoch":3"#) && !text(second).contains(#""epoch":2"#))
            #expect(!text(second).contains("event: step"))
            // One that was told of more than there is, because the run was taken up again from earlier, begins anew.
            let third = try follow(client, "Last-Event-ID: 9-\(last.split(separator: "-")[1])")
            #expect(third.wait(for: "event: reset") && third.wait(for: "event: epoch", times: 3))
            let odd = try follow(client, "Last-Event-ID: x")
            #expect(odd.wait(for: "event: epoch", times: 3))
        }
    }

    @Test func `Of very many steps some are told, the last among them`() throws {
        try withStudio { client, samples in
            let run = try GoingRun(samples)
            try run.write(steps: 1..<5000)
            let stream = try follow(client)
            #expect(stream.wait(for: "event: state"))
            let count = text(stream).components(separatedBy: "event: step").count - 1
            #expect((200...301).contains(count))
            #expect(text(stream).contains(#""step":4999}"#))
        }
    }

    @Test func `Silence is broken now and then, and a run that is over is told at once`() throws {
        try withStudio(heartbeat: .milliseconds(50)) { client, samples in
            let run = try GoingRun(samples)
            let stream = try follow(client)
            #expect(stream.wait(for: ": still here", times: 3))
            _ = run
            let over = try follow(client, run: "flowers-001")
            let all = String(decoding: over.rest(), as: UTF8.self)
            #expect(all.contains("event: epoch") && all.contains(#"{"state":"finished"}"#))
        }
    }

    @Test func `There are so many streams and no more, and who goes away makes room`() throws {
        try withStudio(streams: 2) { client, samples in
            let run = try GoingRun(samples)
            var streams = [try follow(client), try follow(client)]
            #expect(streams.allSatisfy { $0.wait(for: "event: state") })
            #expect(try client.get("/api/runs/going-001/events").status == 503)
            streams.removeLast()
            try eventually {
                let next = try follow(client)
                return next.wait(for: "\r\n\r\n") && text(next).hasPrefix("HTTP/1.1 200")
            }
            _ = run
        }
    }

    @Test func `Connections of browsers that have gone away are given back`() throws {
        var limits = MicroHTTPD.Limits()
        limits.connectionsPerAddress = 5
        try withStudio(limits: limits) { client, samples in
            let run = try GoingRun(samples)
            for _ in 0..<4 {
                let streams = [try follow(client), try follow(client)]
                #expect(streams.allSatisfy { $0.wait(for: "event: state") })
            }
            try eventually { try client.get("/").status == 200 }
            _ = run
        }
    }

    @Test func `A studio that ends does so although browsers follow a run`() throws {
        let stream = try withStudio { client, samples in
            let run = try GoingRun(samples)
            let stream = try follow(client)
            #expect(stream.wait(for: "event: state"))
            _ = run
            return stream
        }
        #expect(String(decoding: stream.rest(), as: UTF8.self).hasSuffix("0\r\n\r\n"))
    }
}
