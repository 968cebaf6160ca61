import Evaluation
import Reports
import TestSupport
import Testing

@Suite struct PlotTests {
    private static func fixture() throws -> Predictions {
        try Predictions(contentsOfCSV: Fixtures.url("reports/predictions.csv"))
    }

    /// The fixture's predictions, plain ones of two and of thirty classes, a single sample, and histories.
    private static func allDocuments() throws -> [SVGDocument] {
        let few = try predictions(classes: 2, samples: 20)
        let many = try predictions(classes: 30, samples: 200)
        let single = try predictions(classes: 3, samples: 1)
        let histories = [
            SampleHistory.make([]), SampleHistory.make([("head", 1)], hasValidation: false),
            SampleHistory.twoStages, SampleHistory.make([("a", 2), ("b", 48)], best: 99),
        ]
        let steps = StepHistory(
            steps: (1...60).map {
                StepRecord(
                    stage: "a <stage> & more", epoch: 1, step: $0, learningRate: 1 / Double($0),
                    loss: $0 == 7 ? .nan : 1 / Double($0), accuracy: 0.5, timings: StepTimings())
            })
        return try [fixture(), few, many, single].flatMap {
            [
                .confusionMatrixPlot(ConfusionMatrix($0)),
                .clusteredConfusionMatrixPlot(ConfusionMatrix($0)), .rocPlot(OneVsRestROC($0)),
                .precisionRecallPlot(OneVsRestPrecisionRecall($0)), .detPlot(OneVsRestDET($0)),
                .thresholdPlot(ThresholdTable($0)), .reliabilityPlot(try Calibration($0)),
                .intervalPlot(AUCIntervals($0, Bootstrap(resamples: 20))),
            ]
        } + histories.map { .learningCurvesPlot($0) } + [
            .reliabilityPlot(OneVsRestCalibration(try severalLabels())), .stepsPlot(steps),
            .learningRateTrace(steps), .stepsPlot(StepHistory(steps: [])),
            .reliabilityPlot(try Calibration(few), before: try Calibration(few), temperature: 2),
        ]
    }

    private static func severalLabels() throws -> MultiLabelPredictions {
        try MultiLabelPredictions(
            classNames: ["<sea>", "dog & co"],
            rows: (0..<30).map { index -> MultiLabelPredictions.Row in
                let labels: [Bool] = [index % 3 == 0, index % 7 < 4]
                let scores: [Double] = [Double(index % 11) / 10, Double(index % 5) / 5]
                return MultiLabelPredictions.Row(identifier: "\(index)", labels: labels, scores: scores)
            })
    }

    private static func predictions(classes: Int, samples: Int) throws -> Predictions {
        try Predictions(
            classNames: (0..<classes).map { "class \($0)" },
            rows: (0..<samples).map { sample in
                let scores = (0..<classes).map { Double((sample * 7 + $0 * 13) % 11) / 11 }
                return Predictions.Row(identifier: "\(sample)", label: sample * 7 % classes, scores: scores)
            })
    }

    @Test func `All drawings are well-formed, described, and need nothing from outside`() throws {
        for document in try Self.allDocuments() {
            let svg = try #require(ParsedSVG(document))
            let root = svg.elements[0]
            #expect(root.attributes["role"] == "img")
            #expect(svg.elements[1].name == "title")
            #expect(svg.elements[2].name == "desc")
            #expect(
                root.attributes["aria-labelledby"]
                    == svg.elements[1...2].compactMap { $0.attributes["id"] }.joined(separator: " "))
            #expect(svg.elements.allSatisfy { !["script", "image", "use", "a"].contains($0.name) })
            #expect(!document.text.contains("url(") && !document.text.contains("href"))
            #expect(document.text.contains("@media screen and (prefers-color-scheme:dark)"))
            #expect(!svg.elements.contains { $0.attributes.values.contains { $0.contains("nan") } })
        }
    }

    @Test func `All colours of elements are the theme's`() throws {
        for document in try Self.allDocuments() {
            let svg = try #require(ParsedSVG(document))
            let style = try #require(svg.texts("style").first)
            for element in svg.elements {
                for property in ["fill", "stroke"] {
                    #expect([nil, "none"].contains(element.attributes[property]))
                }
                for word in (element.attributes["class"] ?? "").split(separator: " ") {
                    #expect(style.contains(".\(word){") || style.contains(".\(word) "))
                }
            }
        }
    }

    @Test func `Text that is not turned lies on the page`() throws {
        for document in try Self.allDocuments() {
            let svg = try #require(ParsedSVG(document))
            for text in svg.all("text") where text.attributes["transform"] == nil {
                let x = try #require(text.attributes["x"].flatMap(Double.init))
                let y = try #require(text.attributes["y"].flatMap(Double.init))
                #expect((0...document.width).contains(x) && (10...document.height - 4).contains(y))
            }
        }
    }

    @Test func `The same evidence makes the same drawing`() throws {
        let (first, second) = (try Self.allDocuments(), try Self.allDocuments())
        #expect(first == second)
    }

    @Test func `A confusion matrix has all names, counts and shares`() throws {
        let matrix = ConfusionMatrix(try Self.fixture())
        let svg = try #require(ParsedSVG(.confusionMatrixPlot(matrix)))
        for name in matrix.classNames {
            // A line break is a blank in a drawing.
            #expect(svg.texts("text").count { $0 == name.replacing("\n", with: " ") } == 2)
        }
        let cells = svg.withClass("fill-shade").filter { $0.attributes["shape-rendering"] == nil }
        let shades = cells.compactMap { $0.attributes["fill-opacity"].flatMap(Double.init) }
        let shares = matrix.normalized(by: .true).flatMap(\.self)
        #expect(shades.count == 49)
        #expect(zip(shades, shares).allSatisfy { abs($0 - $1) <= 0.005 })
        #expect(svg.texts("text").contains("85.7 %"))
        #expect(svg.texts("title").contains("plain taken for plain: 6 (85.7 %)"))
        #expect(svg.texts("title").contains("absent taken for plain: 0 (no samples)"))
    }

    @Test func `A long class name is cut, but can be read whole`() throws {
        let name = "a class name that is much too long for the margin of a drawing of any decent size"
        let row = Predictions.Row(identifier: "x", label: 0, scores: [1, 0])
        let predictions = try Predictions(classNames: [name, "b"], rows: [row])
        for document in [
            SVGDocument.confusionMatrixPlot(ConfusionMatrix(predictions)),
            .rocPlot(OneVsRestROC(predictions)),
        ] {
            let svg = try #require(ParsedSVG(document))
            #expect(svg.texts("title").contains(name))
            #expect(svg.texts("text").contains { $0.hasPrefix("a class name") && $0.contains("…") })
            #expect(document.width < 1000)
        }
    }

    @Test func `ROC curves have all names and areas, in the classes' order`() throws {
        let roc = OneVsRestROC(try Self.fixture())
        let svg = try #require(ParsedSVG(.rocPlot(roc)))
        let texts = svg.texts("text")
        // As scikit-learn has them in expected/roc_auc.csv.
        let legend = [
            "plain", "0.994", "comma, inside", "0.882", "with \"quotes\"", "0.865", "<b> & 'co'", "0.942",
            "Überraschung 驚き", "0.971", "two lines", "0.885", "absent", "no samples", "micro average",
            "0.904", "macro average (6 of 7 classes)", "0.930", "chance", "0.500",
            "mean of classes’ AUCs (6 of 7 classes)", "0.923",
        ]
        let start = try #require(texts.firstIndex(of: "plain"))
        #expect(Array(texts[start...]) == legend)
        // Six classes, two averages and the diagonal.
        #expect(svg.all("path").count == 9)
        #expect(svg.all("path").count { $0.attributes["stroke-dasharray"] == nil } == 6)
    }

    @Test func `Thirty curves all look different`() throws {
        let svg = try #require(ParsedSVG(.rocPlot(OneVsRestROC(Self.predictions(classes: 30, samples: 200)))))
        let looks = svg.all("path").map {
            "\($0.attributes["class"] ?? "") \($0.attributes["stroke-dasharray"] ?? "")"
        }
        #expect(looks.count == 33)
        #expect(Set(looks).count == 33)
    }

    @Test func `Learning curves mark stages and the best epoch`() throws {
        let svg = try #require(ParsedSVG(.learningCurvesPlot(SampleHistory.twoStages)))
        let texts = svg.texts("text")
        #expect(texts.count { $0 == "top <blocks> & more" } == 2)
        #expect(texts.contains("8 epochs · 80 s"))
        #expect(texts.contains("best epoch: 7, validation accuracy 0.637"))
        #expect(texts.contains("training") && texts.contains("validation"))
        // Eight points in each of two panels, and one in the legend.
        #expect(svg.all("circle").count { $0.attributes["class"] == "fill-series1" } == 17)
        #expect(svg.all("rect").count { $0.attributes["class"] == "fill-series2" } == 17)
        #expect(svg.all("circle").count { $0.attributes["class"] == "stroke-series3" } == 3)
        #expect(svg.all("line").count { $0.attributes["stroke-dasharray"] == "4 3" } == 2)
    }

    @Test func `Stages whose names have no room are numbered`() throws {
        let history = SampleHistory.make([("head", 20), ("a stage with a long name", 2)])
        let texts = try #require(ParsedSVG(.learningCurvesPlot(history))).texts("text")
        let expected =
            "22 epochs · 4 min · smoothed by 0.35, as measured in pale · "
            + "stages: 1 head, 2 a stage with a long name"
        #expect(texts.contains(expected))
        #expect(!texts.contains("head"))
    }

    @Test func `Without validation there are no curves and no legend of it`() throws {
        let history = SampleHistory.make([("head", 4)], hasValidation: false)
        let svg = try #require(ParsedSVG(.learningCurvesPlot(history)))
        #expect(!svg.texts("text").contains("validation"))
        #expect(svg.withClass("fill-series2").isEmpty && svg.withClass("stroke-series2").isEmpty)
    }

    @Test func `A loss that is not a number leaves a gap`() throws {
        var history = SampleHistory.make([("head", 6)])
        history.epochs[2].loss = .nan
        let svg = try #require(ParsedSVG(.learningCurvesPlot(history)))
        let paths = svg.withClass("stroke-series1").compactMap { $0.attributes["d"] }
        #expect(paths.contains { $0.count { $0 == "M" } == 2 && $0.count { $0 == "L" } == 3 })
    }

    @Test func `Values beyond all reason are drawn or left out, but stop nothing`() throws {
        for value in [-1, 0, 1.5, 1e12, 1e99, 1e308, -1e308, .greatestFiniteMagnitude, .infinity] {
            var history = SampleHistory.make([("head", 3)], best: 1)
            for index in history.epochs.indices {
                history.epochs[index].loss = value
                history.epochs[index].accuracy = value
                history.epochs[index].validationAccuracy = value
            }
            #expect(ParsedSVG(.learningCurvesPlot(history)) != nil)
        }
    }
}
