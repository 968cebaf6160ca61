import Foundation
import Reports
import Wording

extension Page {
    /// Writes the page, whole or not at all.
    /// - Throws: `ReportError/unwritable(file:reason:)`
    public func write(to file: URL) throws(ReportError) { try write(to: file, in: .none) }

    /// Writes the page within what surrounds it, whole or not at all.
    /// - Throws: `ReportError/unwritable(file:reason:)`
    func write(to file: URL, in frame: PageFrame) throws(ReportError) {
        try writeAtomically(text(in: frame), to: file)
    }
}

/// Prints pages into PDF files with a browser.
public enum PagePrinter {
    /// What can go wrong.
    public enum Failure: Error, Equatable, CustomStringConvertible {
        /// There is none of the browsers that can print.
        case noBrowser(tried: [String])
        /// The browser did not print.
        case notPrinted(file: String, browser: String, reason: String)

        /// A sentence for the person who has to act.
        public var description: String {
            switch self {
            case .noBrowser(let tried):
                "printing needs a browser, and none of \(tried.joined(separator: ", ")) is on the path; install one "
                    + "('apt install chromium'), or open the page and print it there"
            case .notPrinted(let file, let browser, let reason):
                "\(file): \(browser) did not print it: \(reason)"
            }
        }
    }

    private static let browsers = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]

    /// The browser that prints; nil where there is none.
    public static func browser(path: String = ProcessInfo.processInfo.environment["PATH"] ?? "") -> String? {
        let folders = path.split(separator: ":")
        return browsers.lazy.flatMap { name in folders.map { "\($0)/\(name)" } }
            .first { FileManager.default.isExecutableFile(atPath: $0) }
    }

    /// Prints a page.
    /// - Throws: ``Failure``
    public static func print(_ page: URL, to file: URL) throws {
        guard let browser = browser() else { throw Failure.noBrowser(tried: browsers) }
        let target = file.path(percentEncoded: false)
        let profile = FileManager.default.temporaryDirectory.appending(
            path: "graft-print-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: profile) }
        let process = Process()
        process.executableURL = URL(filePath: browser)
        process.arguments =
            [
                "--headless", "--disable-gpu", "--no-pdf-header-footer",
                "--user-data-dir=\(profile.path(percentEncoded: false))",
                "--print-to-pdf=\(file.standardizedFileURL.path(percentEncoded: false))",
                // Its sandbox refuses to run for the superuser; the page is our own.
            ] + (getuid() == 0 ? ["--no-sandbox"] : []) + [page.standardizedFileURL.absoluteString]
        let errors = Pipe()
        (process.standardOutput, process.standardError) = (FileHandle.nullDevice, errors)
        do { try process.run() } catch {
            throw Failure.notPrinted(file: target, browser: browser, reason: "\(error)")
        }
        let said = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        guard process.terminationStatus == 0, FileManager.default.fileExists(atPath: target) else {
            throw Failure.notPrinted(
                file: target, browser: browser,
                reason: said.split(separator: "\n").last.map(String.init)
                    ?? "it ended with \(process.terminationStatus)")
        }
    }
}
