import Foundation
import Testing

@testable import Downloads

@Suite struct ResponseHeadTests {
    private func head(_ lines: String...) -> ResponseHead {
        var head = ResponseHead()
        for line in lines { head.receive(line + "\r\n") }
        return head
    }

    @Test func `Status and headers are read, whatever their case`() {
        let found = head(
            "HTTP/1.1 206 Partial Content", "content-length:  5", "ETag: \"a\" ",
            "CONTENT-RANGE: bytes 5-9/10")
        #expect(found.status == 206 && found.reason == "Partial Content" && found.contentLength == 5)
        #expect(found.etag == "\"a\"")
        #expect(found.contentRange?.start == 5 && found.contentRange?.total == 10)
        #expect(head("HTTP/2 200").status == 200 && head("HTTP/2 200").reason == "")
    }

    @Test func `The last of several heads counts`() {
        let found = head("HTTP/1.1 100 Continue", "ETag: \"a\"", "", "HTTP/1.1 200 OK")
        #expect(found.status == 200 && found.etag == nil)
    }

    @Test func `Weak ETags and strange headers mean nothing`() {
        #expect(head("HTTP/1.1 200 OK", "ETag: W/\"a\"").etag == nil)
        #expect(head("HTTP/1.1 206", "Content-Range: bytes */10").contentRange?.start == nil)
        #expect(head("HTTP/1.1 206", "Content-Range: bytes */10").contentRange?.total == 10)
        #expect(head("HTTP/1.1 206", "Content-Range: lines 1-2/3").contentRange == nil)
        #expect(head("HTTP/1.1 200", "Content-Length: x", "no colon").contentLength == nil)
        #expect(head("HTTP/1.1", "").status == 0)
    }

    @Test func `Dates are written and read as RFC 9110 has them`() {
        let date = Date(timeIntervalSince1970: 784_111_777)
        #expect(HTTPDate.text(date) == "Sun, 06 Nov 1994 08:49:37 GMT")
        #expect(HTTPDate.date("Sun, 06 Nov 1994 08:49:37 GMT") == date)
        #expect(HTTPDate.date("yesterday") == nil)
    }

    @Test func `The rate is that of the last seconds`() {
        var meter = RateMeter()
        let begin = ContinuousClock.now
        #expect(meter.rate(count: 0, at: begin) == 0)
        #expect(meter.rate(count: 1000, at: begin + .seconds(1)) == 1000)
        for second in 2...9 { _ = meter.rate(count: 1000, at: begin + .seconds(second)) }
        #expect(meter.rate(count: 1900, at: begin + .seconds(10)) == 300)
    }
}
