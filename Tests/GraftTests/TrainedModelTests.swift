import Foundation
import Graft
import TestSupport
import Testing

@Suite struct TrainedModelTests {
    private func expectSame(_ found: Predictions, _ expected: Predictions, within tolerance: Double) {
        #expect(found.rows.map(\.identifier) == expected.rows.map(\.identifier))
        for (a, b) in zip(found.rows, expected.rows) {
            #expect(zip(a.scores, b.scores).allSatisfy { abs($0 - $1) <= tolerance }, "\(a.identifier)")
        }
    }

    @Test func `A run read back predicts what it recorded`() throws {
        try RecordedRun.with { run in
            let model = try TrainedModel(run.folder)
            #expect(model.classNames == SmallExperiment.classNames)
            let own = try model.ownPictures()
            var told: [[Int]] = []
            let found = try model.predictions(on: own) { told.append([$0, $1]) }
            expectSame(found, try run.predictions, within: 1e-6)
            #expect(told == [[8, 18], [16, 18], [18, 18]])
            #expect(try model.predictions(on: own, split: .validation).rows.count == 9)
            // Picture by picture, as for unlabelled ones.
            let images = try own.indices(in: .test).map { try own.samples[$0].image() }
            let scores = try images.map { try model.classifier.scores(of: [$0])[0] }
            for (row, scores) in zip(found.rows, scores) {
                #expect(zip(row.scores, scores).allSatisfy { abs($0 - $1) <= 1e-6 })
            }
        }
    }

    @Test func `Other pictures must have the run's classes`() throws {
        try RecordedRun.with { run in
            let model = try TrainedModel(run.folder)
            let idx = DataConfiguration(source: .idx(run.small.pictures.path(percentEncoded: false)))
            // The names that the run gave to numbers hold for other numbers too.
            expectSame(
                try model.predictions(on: model.pictures(from: idx)), try run.predictions, within: 1e-6)

            let folder = run.small.folder.appending(path: "folders")
            for name in ["dark", "light"] {
                let target = folder.appending(path: name)
                try FileManager.default.createDirectory(at: target, withIntermediateDirectories: true)
                try FileManager.default.copyItem(
                    at: Fixtures.url("datasets/images/grey.png"), to: target.appending(path: "1.png"))
            }
            let path = folder.path(percentEncoded: false)
            let other = ExperimentError.otherClasses(
                data: path, expected: SmallExperiment.classNames, found: ["dark", "light"])
            #expect(throws: other) {
                _ = try model.pictures(from: DataConfiguration(source: .imageFolder(path)))
            }
        }
    }

    @Test func `Other pictures need not be of all classes`() throws {
        try RecordedRun.with { run in
            let model = try TrainedModel(run.folder)
            let target = run.small.folder.appending(path: "some/dark")
            try FileManager.default.createDirectory(at: target, withIntermediateDirectories: true)
            try FileManager.default.copyItem(
                at: Fixtures.url("datasets/images/grey.png"), to: target.appending(path: "1.png"))
            let path = run.small.folder.appending(path: "some").path(percentEncoded: false)
            let pictures = try model.pictures(from: DataConfiguration(source: .imageFolder(path)))
            #expect(pictures.classNames == model.classNames)
            #expect(pictures.samples.map(\.label) == [SmallExperiment.classNames.firstIndex(of: "dark")])
        }
    }

    @Test func `Where a run chose some classes, so is chosen from other pictures`() throws {
        try RecordedRun.with("data.classes=[bright, dark]") { run in
            let model = try TrainedModel(run.folder)
            #expect(model.classNames == ["bright", "dark"])
            let idx = DataConfiguration(source: .idx(run.small.pictures.path(percentEncoded: false)))
            let predictions = try model.predictions(on: model.pictures(from: idx))
            expectSame(predictions, try run.predictions, within: 1e-6)
        }
    }

    @Test func `Pictures that changed since the run are not taken for its own`() throws {
        try RecordedRun.with { run in
            try run.small.writePictures("train", count: 48)
            let error = #expect(throws: ExperimentError.self) {
                _ = try TrainedModel(run.folder).ownPictures()
            }
            let sentence =
                "/pictures: expected the pictures of the run, 18 test, 27 train, 9 validation; "
                + "found 18 test, 36 train, 12 validation, "
                + "so that they would be split otherwise and training pictures be tested"
            #expect("\(try #require(error))".hasSuffix(sentence))
        }
    }

    @Test func `A split without pictures is an error that lists those that are there`() throws {
        try RecordedRun.with("data.splits.validation=0") { run in
            let model = try TrainedModel(run.folder)
            let error = #expect(throws: ExperimentError.self) {
                _ = try model.predictions(on: model.ownPictures(), split: .validation)
            }
            #expect(
                "\(try #require(error))"
                    == "pictures: there are no validation pictures; it has train, test")
        }
    }

    @Test func `Weights of another network are refused`() throws {
        try RecordedRun.with { run in
            let configuration = try String(contentsOf: run.folder.configuration, encoding: .utf8)
                .replacing("conv_pw_2_relu", with: "conv_pw_3_relu")
            try Data(configuration.utf8).write(to: run.folder.configuration)
            let error = #expect(throws: KerasFileError.self) { _ = try TrainedModel(run.folder) }
            #expect("\(try #require(error))".contains("layer 'conv_dw_3'"))
        }
    }
}
