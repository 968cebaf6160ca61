import Datasets
import Evaluation
import Foundation
import Reports
import TestSupport
import Testing
import Tracking

@testable import Pages

@Suite struct RunPageTests {
    /// A run with evidence: three classes, names that mean something to HTML.
    private func withRun<Result>(_ body: (URL) throws -> Result) throws -> Result {
        try Fixtures.withTemporaryFolder { folder in
            func write(_ text: String, _ name: String) throws {
                try Data(text.utf8).write(to: folder.appending(path: name))
            }
            try write(
                "name: <b>x</b>\ndata: {image_folder: data/flowers}\nmodel: {architecture: mobilenet}\n",
                "config.yaml")
            try write(#"{"event":"began","time":"2026-11-25T09:00:00Z"}"# + "\n", "log.jsonl")
            try write(
                "stage,epoch,learning_rate,loss,accuracy,val_loss,val_accuracy,seconds,images_per_second\n"
                    + "head,1,0.1,2.0,0.2,2.5,0.5,1.5,100\n", "metrics.csv")
            let rows = (0..<30).map { index in
                let predicted = index % 5 == 0 ? (index + 1) % 3 : index % 3
                return Predictions.Row(
                    identifier: "a&b/\(index).png", label: index % 3,
                    scores: (0..<3).map { $0 == predicted ? 0.5 + Double(index) / 100 : 0.1 })
            }
            try EvidenceWriter(folder: folder).write(
                Predictions(classNames: ["<rose>", "tulip", "it's"], rows: rows))
            return try body(folder)
        }
    }

    @Test func `A page holds every drawing and table of the run, and nothing from elsewhere`() throws {
        try withRun { folder in
            let text = try RunPage(name: "flowers-001", folder: folder).page().text
            for name in ["roc.csv", "confusion_matrix.csv", "predictions.csv", "config.yaml", "roc.svg"] {
                #expect(text.contains("download=\"\(name)\""), "\(name)")
            }
            #expect(text.contains("&lt;rose&gt;") && !text.contains("<rose>"))
            #expect(!text.contains("src=\"http") && !text.contains("href=\"http"))
            #expect(text.contains("id=\"r-graft-roc-title\""))
            #expect(text.contains("trained on data/flowers"))
            let opened = text.matches(of: #/<section /#).count
            #expect(opened == text.matches(of: #/<\/section>/#).count && opened >= 6)
        }
    }

    @Test func `What was looked at inside is shown where its drawings are, each with identifiers of its own`()
        throws
    {
        try withRun { folder in
            let point = ScatterFigure.Point(
                name: "a.png", label: 0, predicted: "rose", mistakenFor: nil, x: 0, y: 0)
            for method in ["pca", "tsne"] {
                let figure = ScatterFigure(
                    name: "graft-embedding-\(method)", title: "Map", subtitle: "", axes: ("", ""),
                    classNames: ["rose"], points: [point])
                try EvidenceWriter(folder: folder).write(
                    .scatterPlot(figure), named: "embedding_\(method).svg")
            }
            let writer = EvidenceWriter(folder: folder.appending(path: "explanations"))
            for name in ["grad-cam", "mistakes.grad-cam"] {
                let drawing = SVGDocument.explanationSheet(
                    name: "graft-" + name.replacing(".", with: "-"), title: "Maps", subtitle: "", [],
                    scale: ("0", "most"))
                try writer.write(drawing, named: "\(name).svg")
            }
            let change = WeightChangeFigure(layers: [])
            try EvidenceWriter(folder: folder).write(.weightChangePlot(change), named: "weight_change.svg")
            let text = try RunPage(name: "flowers-001", folder: folder).page().text
            for section in [
                "weight_change", "embedding_pca", "embedding_tsne", "explanations-grad-cam",
                "explanations-mistakes-grad-cam",
            ] { #expect(text.contains("id=\"r-\(section)-section\""), "\(section)") }
            #expect(!text.contains("id=\"r-explanations-occlusion-section\""))
            let identifiers = text.matches(of: #/ id="([^"]*)"/#).map { String($0.1) }
            #expect(Set(identifiers).count == identifiers.count)
            #expect(text.contains("fill=\"url(#r-graft-grad-cam-inferno)\""))
        }
    }

    @Test func `What a page saves is the run's file, byte for byte`() throws {
        try withRun { folder in
            let text = try RunPage(name: "flowers-001", folder: folder).page().text
            let match = try #require(
                text.firstMatch(of: #/download="roc.csv" href="data:text/csv;base64,([^"]*)"/#))
            #expect(
                Data(base64Encoded: String(match.1))
                    == (try Data(contentsOf: folder.appending(path: "roc.csv"))))
        }
    }

    @Test func `A cell has its pictures, the most confident first, and a bounded number of them`() throws {
        try withRun { folder in
            var asked: [String] = []
            let predictions = try Predictions(contentsOfCSV: folder.appending(path: "predictions.csv"))
            let html = try ErrorExplorer(predictions) { name in
                asked.append(name)
                return Image(height: 2, width: 2, channels: 1, pixels: [0, 1, 2, 3])
            }.html()
            let match = try #require(
                html.markup.firstMatch(of: #/json">(.*)<\/script>/#.dotMatchesNewlines()))
            let json = try JSONSerialization.jsonObject(with: Data(match.1.utf8)) as? [String: Any]
            let cells = try #require(json?["cells"] as? [[[[String: Any]]]])
            let hits = cells[0][0].compactMap { $0["score"] as? Double }
            #expect(hits.count == 8 && hits == hits.sorted(by: >))
            #expect(asked.count == cells.joined().joined().count && asked.count <= 9 * 8)
            // Of class 0 against the rest, by hand: a threshold of 0 takes all, one of 1 none.
            let thresholds = try #require(json?["thresholds"] as? [[String: Any]])
            let (reached, others) = (thresholds[0]["tp"] as? [Int], thresholds[0]["fp"] as? [Int])
            #expect(reached?.count == 101 && reached?.first == 10 && reached?.last == 0)
            #expect(others?.first == 20 && others?.last == 0)
            let atHalf = predictions.rows.count { $0.label == 0 && $0.scores[0] >= 0.5 }
            #expect(reached?[50] == atHalf)
        }
    }

    @Test func `A drawing of others, which may hold scripts, is not taken into the page`() throws {
        try withRun { folder in
            try Data(#"<svg xmlns="x" class="graft-plot"><script>alert(1)</script></svg>"#.utf8)
                .write(to: folder.appending(path: "evil.svg"))
            try Data("<svg class=\"graft-plot\"><title>own</title></svg>".utf8)
                .write(to: folder.appending(path: "more_of_it.svg"))
            let text = try RunPage(name: "x", folder: folder).page().text
            #expect(!text.contains("alert(1)"))
            #expect(text.contains("More of it") && text.contains("<title>own</title>"))
        }
    }

    @Test func `A run that is not finished has a page of what there is`() throws {
        try Fixtures.withTemporaryFolder { folder in
            try Data("name: x\n".utf8).write(to: folder.appending(path: "config.yaml"))
            let text = try RunPage(name: "x", folder: folder).page().text
            #expect(text.contains("The run is stopped"))
        }
    }

    @Test func `A configuration whose data are no section has a page, too`() throws {
        try Fixtures.withTemporaryFolder { folder in
            try Data("name: x\ndata: none\n".utf8).write(to: folder.appending(path: "config.yaml"))
            #expect(try RunPage(name: "x", folder: folder).page().text.contains("The run is stopped"))
        }
    }

    private static let browser = PagePrinter.browser()

    @Test(.enabled(if: browser != nil, "needs Chromium or Chrome"))
    func `In a browser the scripts run, a cell shows its pictures, and the page prints`() throws {
        try withRun { folder in
            let file = folder.appending(path: "report.html")
            let page = try RunPage(name: "flowers-001", folder: folder).page().text
            // A reader's clicks, after which the page says what it shows.
            let clicks = """
                <script>addEventListener('load',()=>{document.querySelector('.matrix button').click();\
                const s=document.querySelector('input[type=range]');s.value=0;s.dispatchEvent(new Event('input'));\
                document.querySelector('button.theme').click();})</script></body>
                """
            try Data(page.replacing("</body>", with: clicks).utf8).write(to: file)
            let shown = try Self.domAfterLoading(file, profile: folder.appending(path: "profile"))
            #expect(shown.contains("&lt;rose&gt; taken for &lt;rose&gt;: 8"))
            #expect(shown.contains("data-value=\"tp\">10<") && shown.contains("data-theme=\"dark\""))
            let target = folder.appending(path: "page.pdf")
            try PagePrinter.print(file, to: target)
            #expect(try Data(contentsOf: target).starts(with: Array("%PDF".utf8)))
        }
    }

    private static func domAfterLoading(_ file: URL, profile: URL) throws -> String {
        let process = Process()
        process.executableURL = URL(filePath: browser ?? "")
        process.arguments = [
            "--headless", "--disable-gpu", "--no-sandbox", "--user-data-dir=\(profile.path)", "--dump-dom",
            file.absoluteString,
        ]
        let output = Pipe()
        (process.standardOutput, process.standardError) = (output, FileHandle.nullDevice)
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return String(decoding: data, as: UTF8.self)
    }
}
