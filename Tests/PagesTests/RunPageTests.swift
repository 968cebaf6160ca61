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
                LearningHistory(contentsOfCSV: folder.appending(path: "metrics.csv")))
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
                name: "a.png", label: 0, truth: "rose", predicted: "rose", mistakenFor: nil, x: 0, y: 0)
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

    @Test func `A threshold is reached by a score that equals it, whatever a hundred times that is`() throws {
        // 0.29 · 100 is 28.999…, and 0.57 · 100 is 56.999…
        let scores = [0.29, 0.57, 0.58, 1, 0]
        let predictions = try Predictions(
            classNames: ["a", "b"],
            rows: scores.map { .init(identifier: "\($0)", label: 0, scores: [$0, 1 - $0]) })
        let markup = try ErrorExplorer(predictions) { _ in nil }.html().markup
        let match = try #require(markup.firstMatch(of: #/json">(.*)<\/script>/#.dotMatchesNewlines()))
        let json = try JSONSerialization.jsonObject(with: Data(match.1.utf8)) as? [String: Any]
        let counts = try #require((json?["thresholds"] as? [[String: Any]])?[0]["tp"] as? [Int])
        for threshold in 0...100 {
            #expect(counts[threshold] == scores.count { $0 >= Double(threshold) / 100 }, "\(threshold)")
        }
    }

    @Test func `The clustered matrix stands beside the other, and a large drawing is told from others`()
        throws
    {
        try withRun { folder in
            try Data("<svg class=\"graft-plot\" width=\"9\" height=\"900\"></svg>".utf8)
                .write(to: folder.appending(path: "confusion_matrix_clustered.svg"))
            let text = try RunPage(name: "x", folder: folder).page().text
            let titles = text.matches(of: #/<h2 id="[^"]*">([^<]*)</#).map { String($0.1) }
            let place = try #require(titles.firstIndex(of: "Confusion matrix"))
            #expect(
                titles[place...].prefix(3) == [
                    "Confusion matrix", "Look at the mistakes", "Confusion matrix, clustered",
                ])
            #expect(text.matches(of: #/<figure class="large"/#).count == 1)
        }
    }

    @Test func `Headings of columns are never empty`() throws {
        try withRun { folder in
            let text = try RunPage(name: "x", folder: folder).page().text
            #expect(!text.contains(#/<th[^>]*><\/th>/#))
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

    @Test func `A run with several classes a picture has a page with its curves`() throws {
        try Fixtures.withTemporaryFolder { folder in
            try Data("name: sea\ndata: {multilabel_csv: {separator: ';', file: labels.csv}}\n".utf8)
                .write(to: folder.appending(path: "config.yaml"))
            // Two of the pictures to train on are of both classes.
            try Data(
                #"{"pictures": {"train": [6, 5], "test": [10, 7]}, "picture_counts": {"train": 9, "test": 20}}"#
                    .utf8
            ).write(to: folder.appending(path: "run.json"))
            let predictions = try MultiLabelPredictions(
                classNames: ["sea", "dog"],
                rows: (0..<20).map { index -> MultiLabelPredictions.Row in
                    let labels: [Bool] = [index % 2 == 0, index % 3 == 0]
                    let scores: [Double] = [Double(index % 7) / 7, Double(index % 3) / 3]
                    return MultiLabelPredictions.Row(
                        identifier: "\(index)", labels: labels, scores: scores)
                })
            try EvidenceWriter(folder: folder).write(predictions)
            let text = try RunPage(name: "sea", folder: folder).page().text
            for title in [
                "ROC curves", "Precision and recall", "Calibration", "Thresholds", "Confusion by class",
            ] {
                #expect(text.contains(">\(title)</h2>"), "\(title)")
            }
            #expect(text.contains("trained on labels.csv (9 train, 20 test pictures)"))
            #expect(!text.contains("Look at the mistakes"))
        }
    }

    @Test func `A run's folds have a page with their spread and table`() throws {
        try Fixtures.withTemporaryFolder { folder in
            try Data("fold,run,accuracy\n0,a-fold0-001,0.5\nmean,,0.5\n".utf8)
                .write(to: folder.appending(path: "folds.csv"))
            try EvidenceWriter(folder: folder).write(
                .foldSpreadPlot(FoldSpread(metrics: [("accuracy", [0.5, 0.6])])), named: "folds.svg")
            let text = try RunPage(name: "a-folds-001", folder: folder).page().text
            #expect(text.contains(">Folds</h2>") && text.contains(">Results by fold</h2>"))
            #expect(text.contains("a-fold0-001") && text.contains("One run for each fold"))
        }
    }

    @Test func `Curves are smoothed as is wanted, and drawn where a folder lacks them`() throws {
        try withRun { folder in
            let header =
                "stage,epoch,step,learning_rate,loss,accuracy,data_seconds,forward_seconds,backward_seconds\n"
            let steps = (1...40).map { "head,1,\($0),0.1,\(1 / Double($0)),0.5,0,0,0\n" }.joined()
            try Data((header + steps).utf8).write(to: folder.appending(path: "steps.csv"))
            let text = try RunPage(name: "x", folder: folder).page().text
            #expect(text.contains("40 steps · smoothed by 0.5<") && text.contains(">Learning rate</h2>"))
            let smooth = try RunPage(name: "x", folder: folder, smoothing: Smoothing(weight: 0.9)).page()
            #expect(smooth.text.contains("40 steps · smoothed by 0.9<"))
            #expect(smooth.text.contains("1 epoch · 1.5 s · smoothed by 0.9"))
        }
    }

    @Test func `A run that has failed has a page with its curves so far, though nobody drew them`() throws {
        try withRun { folder in
            try FileManager.default.removeItem(at: folder.appending(path: "learning_curves.svg"))
            try Data((#"{"event":"failed","error":"no <room>"}"# + "\n").utf8)
                .write(to: folder.appending(path: "log.jsonl"))
            let text = try RunPage(name: "x", folder: folder).page().text
            #expect(text.contains("The run has failed") && text.contains("no &lt;room&gt;"))
            #expect(
                text.contains(">Learning curves</h2>") && text.contains("\"r-graft-learning-curves-title\""))
        }
    }

    @Test func `A run whose tables end in the middle of a line has a page that says what is not drawn`()
        throws
    {
        try withRun { folder in
            try FileManager.default.removeItem(at: folder.appending(path: "learning_curves.svg"))
            try Data("stage,epoch,learning_rate,loss\nhead,1,0".utf8)
                .write(to: folder.appending(path: "metrics.csv"))
            try Data("stage,epoch,step\nhead,1".utf8).write(to: folder.appending(path: "steps.csv"))
            let text = try RunPage(name: "x", folder: folder).page().text
            #expect(text.matches(of: #/role="alert">Not drawn: [^<]*(metrics|steps)\.csv/#).count == 2)
            #expect(text.contains(">ROC curves</h2>"))
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

    @Test(.enabled(if: browser != nil, "needs Chromium or Chrome"))
    func `In a browser curves tell the values of their points, to the pointer and to the keyboard`() throws {
        try withRun { folder in
            let file = folder.appending(path: "report.html")
            let page = try RunPage(name: "flowers-001", folder: folder).page().text
            // What a reader does, and what is said then, is kept in the page.
            let acts = """
                <script>addEventListener('load',()=>{const b=document.body.dataset;
                const figure=n=>document.getElementById('r-graft-'+n+'-title').closest('svg');
                const said=()=>document.querySelector('.said').textContent;
                const press=(s,...keys)=>keys.forEach(key=>s.dispatchEvent(new KeyboardEvent('keydown',{key})));
                const roc=figure('roc');roc.focus();
                press(roc,'ArrowRight');b.first=said();press(roc,'End');b.last=said();press(roc,'ArrowDown');b.next=said();
                const learning=figure('learning-curves');press(learning,'ArrowRight','ArrowDown');b.learning=said();
                const r=roc.querySelector('[data-x]').getBoundingClientRect();
                roc.dispatchEvent(new PointerEvent('pointermove',{clientX:r.left+6,clientY:r.bottom-6}));
                b.tip=document.querySelector('.hover').textContent;
                const det=figure('det'),d=det.querySelector('[data-x]').getBoundingClientRect();
                det.dispatchEvent(new PointerEvent('pointermove',{clientX:d.left+d.width/2,clientY:d.top+4}));
                b.det=document.querySelector('.hover').textContent;
                press(roc,'Escape');b.hidden=document.querySelector('.hover').hidden;})</script></body>
                """
            try Data(page.replacing("</body>", with: acts).utf8).write(to: file)
            let shown = try Self.domAfterLoading(file, profile: folder.appending(path: "profile"))
            func expect(_ name: String, _ value: String) {
                #expect(
                    shown.contains("data-\(name)=\"\(value)"),
                    "\(name): \(shown.firstRange(of: "data-first").map { shown[$0.lowerBound...].prefix(900) } ?? "")"
                )
            }
            let reader = try CSVReader(contentsOf: folder.appending(path: "roc.csv"))
            let rose = reader.records.map(\.fields).filter { $0[0] == "<rose>" }
            #expect(rose.first == ["<rose>", "0.0", "0.0", "inf"] && rose.last?[1...2] == ["1.0", "1.0"])
            expect("first", "&lt;rose&gt; · fpr 0.0 · tpr 0.0 · threshold inf\"")
            expect("last", "&lt;rose&gt; · fpr 1.0 · tpr 1.0 · threshold \(rose.last?[3] ?? "")\"")
            expect("next", "tulip · fpr 1.0 · tpr 1.0")
            expect("learning", "val_loss 2.5 · stage head · epoch 1\"")
            expect("tip", "&lt;rose&gt; · fpr 0")
            // Away from every point the place is told, in rates and not in deviates.
            expect("det", "0.5")
            expect("hidden", "true")
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
