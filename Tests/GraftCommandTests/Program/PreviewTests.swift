import Foundation
import Graft
import TestSupport
import Testing

@testable import GraftCommand

@Suite struct PreviewTests {
    private func preview(_ small: SmallExperiment, _ arguments: String...) throws -> Program.Outcome {
        try Program.run(
            Program.graft,
            ["preview", small.configuration.path(percentEncoded: false)] + arguments
                + ["--set", "data.augmentation={rotation: 30, noise: 0.1}"], in: small.folder)
    }

    @Test func `A preview shows pictures of each class in turn, beside them what the epochs see`() throws {
        try SmallExperiment.with { small in
            let outcome = try preview(small, "--count", "4", "--views", "2")
            #expect(outcome.status == 0, "\(outcome.error)")
            #expect(outcome.output == "4 pictures in small-preview.svg\n")
            let drawing = try String(
                contentsOf: small.folder.appending(path: "small-preview.svg"), encoding: .utf8)
            #expect(drawing.components(separatedBy: "data:image/png;base64,").count == 1 + 4 * 3)
            let titles = SmallExperiment.classNames.map {
                drawing.components(separatedBy: ">\($0)<").count - 1
            }
            #expect(titles == [2, 1, 1])
        }
    }

    @Test func `A preview as a picture holds each picture as the training sees it`() throws {
        try SmallExperiment.with { small in
            #expect(try preview(small, "--count", "3", "--views", "2", "--out", "sheet.png").status == 0)
            let sheet = try Image(contentsOfFile: small.folder.appending(path: "sheet.png").path)
            #expect((sheet.height, sheet.width) == (4 + 3 * 36, 4 + 3 * 36))
            let configuration = try ExperimentConfiguration.load(
                path: small.configuration.path,
                overrides: ["data.augmentation={rotation: 30, noise: 0.1}"])
            let rows = try AugmentationPreview(configuration, count: 3, views: 2).rows
            #expect(rows.map(\.classNames).flatMap(\.self).sorted() == SmallExperiment.classNames.sorted())
            let dataset = try Experiment(configuration).dataset
            let index = try #require(dataset.samples.firstIndex { $0.identifier == rows[1].identifier })
            let loader = try BatchLoader(
                dataset, indices: [index], batchSize: 1, input: [32, 32, 1], scaling: .none,
                augmentation: configuration.data.augmentation.augmentation, shuffles: true, seed: 3)
            let seen = try #require(try loader.batches(epoch: 1).next()).inputs.elements
            #expect(seen == rows[1].views[1].pixels.map(Float.init))
            let inSheet = (0..<1024).map { sheet.pixels[((40 + $0 / 32) * sheet.width + 76 + $0 % 32) * 3] }
            #expect(inSheet == rows[1].views[1].pixels)
        }
    }

    @Test(
        arguments: [
            ([], "no class"), (["sea"], "sea"), (["beach", "sea", "dog"], "beach, sea, dog"),
            (["mountain", "waterfall", "forest", "fog"], "mountain, waterfall +2"),
            (["a class with a very long name", "sea"], "a class with a very long name +1"),
        ] as [([String], String)])
    func `A caption lists all classes of a picture, or says how many more there are`(
        classNames: [String], caption: String
    ) {
        #expect(PreviewCommand.caption(classNames) == caption)
    }

    @Test func `A preview of pictures of several classes names all of each`() throws {
        try SmallExperiment.with(train: 3, test: 3) { small in
            let image = Image(height: 32, width: 32, channels: 1, pixels: Array(repeating: 90, count: 1024))
            var lines = ["file,labels,split"]
            for (number, labels) in ["sea;dog", "", "sea", "dog;sea;beach"].enumerated() {
                try image.png().write(to: small.folder.appending(path: "\(number).png"))
                lines.append("\(number).png,\(labels),train")
            }
            for split in ["val", "test"] { lines.append("0.png,sea,\(split)") }
            let table = small.folder.appending(path: "labels.csv")
            try Data(lines.joined(separator: "\n").utf8).write(to: table)
            let yaml = small.yaml.split(separator: "\n").map(String.init)
                .filter { !$0.contains("class_names") && !$0.contains("splits:") }
                .map { $0.contains("idx:") ? "  multilabel_csv: labels.csv" : $0 }.joined(separator: "\n")
            try Data(yaml.utf8).write(to: small.configuration)
            let outcome = try preview(small)
            #expect(outcome.status == 0, "\(outcome.error)")
            let drawing = try String(
                contentsOf: small.folder.appending(path: "small-preview.svg"), encoding: .utf8)
            for title in ["dog, sea", "no class", "sea", "beach, dog, sea"] {
                #expect(drawing.contains(">\(title)<"), "\(title)")
            }
        }
    }

    @Test func `Another kind of file is refused`() throws {
        try SmallExperiment.with { small in
            let outcome = try preview(small, "--out", "sheet.gif")
            #expect(outcome.status == 2)
            #expect(outcome.error.contains("--out: expected a name that ends in .svg or .png"))
        }
    }
}
