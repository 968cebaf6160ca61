import Foundation
import TestSupport
import Testing
import Tracking

@testable import Studio

@Suite struct PageTests {
    @Test
    func `The table lists runs, the latest first, filtered, sorted and with the columns that were chosen`()
        throws
    {
        try withStudio { client, _ in
            let all = try client.get("/")
            #expect(all.status == 200 && all.headers["content-type"] == "text/html; charset=utf-8")
            let places = ["search-001/trial-0001", "a &lt;b&gt; &amp; c", "flowers-002", "flowers-001"].map {
                all.text.range(of: "\">\($0)</a>")?.lowerBound
            }
            let found = places.compactMap(\.self)
            #expect(found.count == 4 && found == found.sorted())
            #expect(!all.text.contains("a <b>") && all.text.contains("/runs/a%20%3Cb%3E%20%26%20c"))

            let some = try client.get("/?where=architecture+%3D+resnet50&columns=batch_size,test_accuracy")
                .text
            #expect(some.contains("flowers-002") && !some.contains("flowers-001"))
            #expect(some.contains("training.batch_size</a>") && some.contains(">0.7500<"))
            let sorted = try client.get("/?sort=test_accuracy&reverse=1").text
            let first = try #require(sorted.range(of: "value=\"a &lt;b&gt; &amp; c\""))
            let second = try #require(sorted.range(of: "value=\"flowers-001\""))
            #expect(first.lowerBound < second.lowerBound && sorted.contains("aria-sort=\"ascending\""))
        }
    }

    @Test func `A filter that makes no sense is answered with what is wrong, and where`() throws {
        try withStudio { client, _ in
            let reply = try client.get("/?where=seed+%3D")
            #expect(reply.status == 400)
            #expect(reply.text.contains("at character 7: expected a number or a text, found the end"))
            #expect(
                reply.text.contains("<code>seed =\n      ^</code>") && reply.text.contains("aria-invalid"))
            let key = try client.get("/?sort=acuracy")
            #expect(key.status == 400 && key.text.contains("did you mean &#39;accuracy&#39;"))
            #expect(try client.get("/api/runs?where=seed+%3D").text.contains(#"{"error":"in the filter"#))
            #expect(try client.get("/?page=0").status == 400 && client.get("/?wher=x").status == 400)
        }
    }

    @Test func `Thousands of runs come a hundred a page`() throws {
        try withStudio { client, samples in
            for number in 100..<230 { try samples.write("more-\(number)", accuracy: 0.5, began: 9) }
            try eventually { try client.get("/api/runs").text.contains(#""matched":134"#) }
            let first = try client.get("/?where=name+~+more").text
            #expect(
                first.contains("1 to 100 of 130") && first.contains("page=2") && !first.contains("Previous"))
            let second = try client.get("/?where=name+~+more&page=2").text
            #expect(
                second.contains("101 to 130 of 130") && second.contains("Previous")
                    && !second.contains(">Next<"))
            let data = try client.get("/api/runs?limit=2&offset=129&where=name+~+more&sort=name").text
            #expect(data.contains("more-229") && !data.contains("more-228"))
        }
    }

    @Test
    func `A run has its report, its files and its facts, and one that is not there has a page that says so`()
        throws
    {
        try withStudio { client, samples in
            let page = try client.get("/runs/flowers-001")
            #expect(page.status == 200 && page.text.contains("<h1>flowers-001</h1>"))
            #expect(!page.text.contains("id=\"live\"") && !page.text.contains("method=\"post\""))
            let trial = try client.get("/runs/search-001/trial-0001").text
            #expect(trial.contains("href=\"/sweeps/search-001\""))
            #expect(try client.get("/runs/a%20%3Cb%3E%20%26%20c").status == 200)
            #expect(
                try client.get("/runs/flowers-001/files").text.contains("/runs/flowers-001/files/metrics.csv")
            )
            let file = try client.get("/runs/flowers-001/files/metrics.csv")
            #expect(
                file.body == (try Data(contentsOf: samples.runs.appending(path: "flowers-001/metrics.csv"))))
            #expect(file.headers["content-type"] == "text/csv; charset=utf-8")
            #expect(try client.get("/api/runs/flowers-001").text.contains(#""test_accuracy":0.5"#))
            for path in [
                "/runs/flowers", "/runs/1", "/nothing", "/runs", "/api", "/runs/flowers-001/x", "/sweeps/x",
            ] {
                let missing = try client.get(path)
                #expect(
                    missing.status == 404
                        && missing.text.contains("role=\"alert\"") != path.hasPrefix("/api"), "\(path)")
            }
        }
    }

    @Test func `Runs are compared, and too few or unknown ones are refused`() throws {
        try withStudio { client, _ in
            let page = try client.get("/compare?run=flowers-001&run=flowers-002")
            #expect(
                page.status == 200 && page.text.contains("model.architecture")
                    && page.text.contains("resnet50"))
            #expect(try client.get("/compare?run=flowers-001").status == 400)
            #expect(try client.get("/compare?run=flowers-001&run=x").status == 404)
        }
    }

    @Test func `What changes in the folders is shown a moment later, also of a page that was shown before`()
        throws
    {
        try withStudio { client, samples in
            #expect(try !client.get("/runs/flowers-001").text.contains("better than ever"))
            try RunNotes(note: "better than ever").write(to: samples.runs.appending(path: "flowers-001"))
            #expect(try client.get("/runs/flowers-001").text.contains("better than ever"))
            try FileManager.default.removeItem(at: samples.runs.appending(path: "flowers-002"))
            try samples.write("newer-001", accuracy: 0.9)
            try eventually {
                let text = try client.get("/").text
                return text.contains("newer-001") && !text.contains("flowers-002")
            }
        }
    }

    @Test func `A page that the browser has is not sent again, and large ones are compressed`() throws {
        try withStudio { client, samples in
            for target in ["/", "/runs/flowers-001", "/api/runs", "/runs/flowers-001/files/metrics.csv"] {
                let first = try client.get(target)
                let tag = try #require(first.headers["etag"], "\(target)")
                let again = try client.get(target, "If-None-Match: \"other\", \(tag)")
                #expect(again.status == 304 && again.body.isEmpty && again.headers["etag"] == tag)
                #expect(again.headers["content-security-policy"] == first.headers["content-security-policy"])
                #expect(try client.get(target, "If-None-Match: \"other\"").status == 200)
                let head = try client.get(target, method: "HEAD")
                #expect(head.status == 200 && head.body.isEmpty)
                #expect(head.headers["content-length"] == "\(first.body.count)")
            }
            let (plain, zipped) = (
                try client.get("/"), try client.get("/", "Accept-Encoding: br, gzip;q=0.8")
            )
            #expect(
                zipped.headers["content-encoding"] == "gzip" && zipped.headers["vary"] == "Accept-Encoding")
            #expect(
                zipped.body.count < plain.body.count / 2 && zipped.headers["etag"] != plain.headers["etag"])
            let file = samples.runs.appending(path: "page.gz")
            try zipped.body.write(to: file)
            #expect(try unzipped(file) == plain.body)
            #expect(try client.get("/", "Accept-Encoding: gzip;q=0").headers["content-encoding"] == nil)
        }
    }

    private func unzipped(_ file: URL) throws -> Data {
        let process = Process()
        process.executableURL = URL(filePath: "/bin/gzip")
        process.arguments = ["-dc", file.path]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return data
    }
}

/// Waits until something is so, for as long as a machine that is busy may need.
func eventually(_ isSo: () throws -> Bool) throws {
    for _ in 0..<400 {
        if try isSo() { return }
        usleep(50_000)
    }
    Issue.record("it did not come to be so within 20 seconds")
}
