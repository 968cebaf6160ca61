import CCurlShim
import Foundation

/// One request and its answer.
struct Transfer {
    /// What is asked for.
    var url: String
    /// The first byte that is wanted.
    var offset = 0
    /// The version that the bytes before the offset came from, as an ETag or a date.
    var ifRange: String?
    /// Seconds.
    var connectTimeout: Int
    /// Whether a proxy from the environment is passed by.
    var ignoresProxy: Bool

    /// How it ended.
    struct Result {
        var outcome: CCurlOutcome
        /// Where a redirection leads.
        var redirect: String?
        /// libcurl's words.
        var message: String
    }

    /// Who takes what arrives; each function says whether to go on.
    protocol Receiver: AnyObject {
        func receive(headLine: String) -> Bool
        func receive(body: Data) -> Bool
        func tick() -> Bool
    }

    /// Sends the request, and returns when the answer has ended.
    func perform(_ receiver: any Receiver) -> Result {
        let box = Box(receiver)
        var handlers = CCurlHandlers(
            context: Unmanaged.passUnretained(box).toOpaque(),
            head: { context, line, count in
                let bytes = UnsafeRawBufferPointer(start: line, count: count)
                return Box.receiver(context).receive(headLine: String(decoding: bytes, as: UTF8.self)) ? 1 : 0
            },
            body: { context, bytes, count in
                let data = bytes.map { Data(bytes: $0, count: count) } ?? Data()
                return Box.receiver(context).receive(body: data) ? 1 : 0
            },
            tick: { context in Box.receiver(context).tick() ? 1 : 0 })
        return withExtendedLifetime(box) {
            withRequest { request in
                var result = CCurlGet(request, &handlers)
                defer { CCurlResultFree(&result) }
                return Result(
                    outcome: result.outcome, redirect: result.redirect.map { String(cString: $0) },
                    message: result.message.map { String(cString: $0) } ?? "there is no memory for it")
            }
        }
    }

    private func withRequest<Value>(_ body: (UnsafePointer<CCurlRequest>) -> Value) -> Value {
        let range = offset > 0 ? "\(offset)-" : nil
        return url.withCString { url in
            withOptionalCString(range) { range in
                withOptionalCString(ifRange) { ifRange in
                    var request = CCurlRequest(
                        url: url, range: range, if_range: ifRange, connect_timeout: connectTimeout,
                        ignores_proxy: ignoresProxy ? 1 : 0)
                    return body(&request)
                }
            }
        }
    }

    /// What C hands through.
    private final class Box {
        let receiver: any Receiver

        init(_ receiver: any Receiver) { self.receiver = receiver }

        static func receiver(_ context: UnsafeMutableRawPointer?) -> any Receiver {
            Unmanaged<Box>.fromOpaque(context!).takeUnretainedValue().receiver
        }
    }
}

private func withOptionalCString<Value>(_ text: String?, _ body: (UnsafePointer<CChar>?) -> Value) -> Value {
    text?.withCString { body($0) } ?? body(nil)
}
