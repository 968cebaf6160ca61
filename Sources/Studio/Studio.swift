import Datasets
import Foundation
import Tracking

/// A web server that shows the runs of a folder: their table, their reports, comparisons, sweeps, and the curves of runs
/// that are going on.
///
/// It changes nothing unless told so, and listens to this machine alone unless it is given a token.
public final class Studio: Sendable {
    /// What makes the small pictures of a run's folder, by the names that its predictions give them; called when a page
    /// is made.
    public typealias Pictures = @Sendable (_ folder: URL) -> (_ identifier: String) -> Image?

    /// How a studio serves.
    public struct Options: Sendable {
        /// The address that it listens on.
        public var host = "127.0.0.1"
        /// The port; 0 lets the system choose.
        public var port = 8484
        /// What everybody must know who wants to see something; nil for nobody.
        public var token: String?
        /// Whether tags, notes and the bin can be used.
        public var allowsEdits = false
        /// Where pictures come from; nil for pages without.
        public var pictures: Pictures?

        /// The usual: this machine alone, to look only.
        public init() {}
    }

    private let server: MicroHTTPD
    private let host: HostAddress
    private let options: Options
    /// How many runs there were when it began.
    public let runCount: Int

    /// Reads the folder and begins to serve.
    /// - Parameter observe: is told how many of the runs that are new have been read.
    /// - Throws: ``StudioError``, `TrackingError`, and whatever `observe` throws.
    public convenience init(
        _ runs: URL, _ options: Options = Options(),
        observe: (_ done: Int, _ total: Int) throws -> Void = { _, _ in }
    ) throws {
        try self.init(runs, options, hub: EventHub(), limits: .init(), observe: observe)
    }

    init(
        _ runs: URL, _ options: Options, hub: EventHub, limits: MicroHTTPD.Limits,
        observe: (_ done: Int, _ total: Int) throws -> Void = { _, _ in }
    ) throws {
        let host = try HostAddress(options.host)
        try AccessRules.check(host: host, token: options.token)
        // Before thousands of runs are read in vain.
        let listener = try Listener(host, port: options.port)
        let index = try LiveRunIndex(runs, observe: observe)
        // What the first page needs is read before anybody waits for it.
        _ = try index.answer(RunQuery(limit: 1))
        let rules = try AccessRules(
            host: host, port: listener.port, token: options.token, allowsEdits: options.allowsEdits)
        let site = Site(
            index, rules: rules, rights: options.allowsEdits ? EditRights() : nil, hub: hub,
            pictures: options.pictures)
        server = try MicroHTTPD(
            listener, limits: limits, refusal: { SiteError(refusal: $0).response(isForPrograms: false) },
            handler: { site.answer($0) })
        (self.host, self.options, runCount) = (host, options, index.count)
    }

    /// The port that it listens on.
    public var port: Int { server.port }

    /// The address to open in a browser; with the token in it, where there is one.
    public var address: String {
        let name = host.isWildcard ? ProcessInfo.processInfo.hostName : host.bracketed
        return "http://\(name):\(port)/" + (options.token.map { "?token=\($0)" } ?? "")
    }

    /// Finishes the answers that are under way, and serves no more.
    public func stop() { server.stop() }
}
