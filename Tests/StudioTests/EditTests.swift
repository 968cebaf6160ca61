import Foundation
import TestSupport
import Testing
import Tracking

@testable import Studio

@Suite struct EditTests {
    private func token(_ client: Client, _ path: String = "/runs/flowers-001") throws -> String {
        let page = try client.get(path).text
        return String(try #require(page.firstMatch(of: #/name="csrf" value="([0-9a-f]{64})"/#)).1)
    }

    @Test func `Tags and notes are changed by the forms of a run's page`() throws {
        try withStudio(allowsEdits: true) { client, samples in
            let token = try token(client)
            let path = "/runs/flowers-001"
            let tagged = try client.post(path + "/tags", "csrf=\(token)&add=best")
            #expect(tagged.status == 303 && tagged.headers["location"] == path)
            _ = try client.post(path + "/tags", "csrf=\(token)&add=paper")
            _ = try client.post(path + "/tags", "csrf=\(token)&remove=best")
            _ = try client.post(path + "/note", "csrf=\(token)&note=%3Cb%3Eone%0D%0Atwo+%C3%A4")
            let notes = try RunNotes.read(samples.runs.appending(path: "flowers-001"))
            #expect(notes.tags == ["paper"] && notes.note == "<b>one\ntwo ä")
            let page = try client.get(path).text
            #expect(page.contains("Tags: paper") && page.contains("&lt;b&gt;one"))
            #expect(try client.get("/?where=tag:paper").text.contains("flowers-001"))
            let wrong = try client.post(path + "/tags", "csrf=\(token)&add=a+b")
            #expect(wrong.status == 400 && wrong.text.contains("is no tag"))
        }
    }

    @Test func `A run goes to the bin and comes back; one that goes on, or belongs to a sweep, stays`() throws
    {
        try withStudio(allowsEdits: true) { client, samples in
            let token = try token(client)
            #expect(try client.post("/runs/flowers-001/bin", "csrf=\(token)").headers["location"] == "/")
            #expect(try client.get("/runs/flowers-001").status == 404)
            let table = try client.get("/").text
            #expect(table.contains("Bring back flowers-001") && !table.contains("/runs/flowers-001"))
            #expect(try client.post("/bin/undo", "csrf=\(token)").status == 303)
            #expect(try client.get("/runs/flowers-001").status == 200)
            #expect(try client.post("/bin/undo", "csrf=\(token)").status == 409)
            #expect(try client.post("/runs/search-001/trial-0001/bin", "csrf=\(token)").status == 400)

            let going = try samples.write("going-001", accuracy: nil)
            let log = open(going.appending(path: "log.jsonl").path, O_RDWR)
            defer { close(log) }
            #expect(flock(log, LOCK_EX | LOCK_NB) == 0)
            try eventually { try client.get("/runs/going-001").status == 200 }
            #expect(try client.post("/runs/going-001/bin", "csrf=\(token)").status == 409)
        }
    }

    @Test func `A form of another site, or without this site's word, changes nothing`() throws {
        try withStudio(allowsEdits: true) { client, samples in
            let token = try token(client)
            let path = "/runs/flowers-001/tags"
            let form = "csrf=\(token)&add=evil"
            let other = "Content-Type: application/x-www-form-urlencoded"
            let answers = [
                try client.post(path, form, origin: "http://evil.example"),
                try client.post(path, form, origin: "null"),
                try client.post(path, form, origin: "https://127.0.0.1:\(client.port)"),
                try client.post(path, "add=evil"),
                try client.post(path, "csrf=&add=evil"),
                try client.post(path, "csrf=\(String(token.reversed()))&add=evil"),
                try client.post(path, "csrf=x&csrf=\(token)&add=evil"),
                try client.send(
                    [
                        "POST \(path) HTTP/1.1", "Host: 127.0.0.1:\(client.port)", other,
                        "Content-Length: \(form.utf8.count)",
                    ],
                    body: form),
            ]
            #expect(answers.allSatisfy { $0.status == 403 }, "\(answers.map(\.status))")
            let plain = try client.send(
                [
                    "POST \(path) HTTP/1.1", "Host: 127.0.0.1:\(client.port)",
                    "Origin: http://127.0.0.1:\(client.port)",
                    "Content-Type: text/plain", "Content-Length: \(form.utf8.count)",
                ], body: form)
            #expect(plain.status == 400)
            // By its address alone nothing is changed either.
            #expect(try client.get(path + "?" + form).status == 404)
            #expect(try RunNotes.read(samples.runs.appending(path: "flowers-001")).tags.isEmpty)
        }
    }

    @Test func `Without permission to edit there are no forms, and none is taken`() throws {
        try withStudio { client, samples in
            #expect(try !client.get("/runs/flowers-001").text.contains("csrf"))
            let reply = try client.post("/runs/flowers-001/tags", "csrf=x&add=evil")
            #expect(reply.status == 405 && reply.text.contains("--allow-edit"))
            #expect(try RunNotes.read(samples.runs.appending(path: "flowers-001")).tags.isEmpty)
        }
    }
}
