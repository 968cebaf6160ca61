import Datasets
import Testing

@testable import Experiments

@Suite struct DataReadingTests {
    private func read(_ text: String) throws -> DataConfiguration {
        let rest = ConfigurationSamples.minimal.split(separator: "\n").filter { !$0.contains("image_folder") }
            .filter { !$0.hasPrefix("data:") }
        return try ConfigurationSamples.parsed(rest.joined(separator: "\n") + "\ndata: \(text)\n").data
    }

    @Test func `Every collection of faces has a key`() throws {
        let sources = try [
            "{ck_plus: a}", "{ck_plus: {path: a, last_frames: 1, neutral: true}}", "{jaffe: a}",
            "{raf_db: a}",
            "{affectnet: a}", "{csv: a.csv}",
            "{csv: {file: a.csv, image: i, label: l, split: s, group: who}}",
        ].map { try read($0).source }
        #expect(
            sources == [
                .ckPlus("a"), .ckPlus("a", lastFrames: 1, neutral: true), .jaffe("a"), .rafDB("a"),
                .affectNet("a"), .csv("a.csv"),
                .csv("a.csv", ImageListColumns(image: "i", label: "l", split: "s", group: "who")),
            ])
    }

    @Test func `Folds and groups are read`() throws {
        let data = try read(
            #"{jaffe: a, folds: 5, fold: 2, group_pattern: '^(\w+)\.', keep_groups: false, duplicates: fail}"#
        )
        #expect(data.folds == 5 && data.fold == 2 && data.groupPattern == #"^(\w+)\."#)
        #expect(!data.keepsGroups && data.duplicates == .fail)
    }

    @Test(arguments: [
        ("{jaffe: a, folds: 5, fold: 5}", "data.fold: expected a fold from 0 to 4"),
        ("{jaffe: a, fold: 1}", "data.fold: expected data.folds, how many there are"),
        ("{jaffe: a, folds: 1}", "data.folds: expected a whole number from 2 to 1000"),
        ("{jaffe: a, group_pattern: '('}", "data.group_pattern: expected a regular expression"),
        ("{jaffe: a, duplicates: drop}", "expected one of report, drop_from_training, fail, ignore"),
        ("{jaffe: a, csv: b}", "expected only one of"),
        ("{ck_plus: {path: a, last_frames: 0}}", "data.ck_plus.last_frames: expected a whole number"),
        ("{csv: {image: a}}", "data.csv.file: missing"),
    ])
    func `What makes no sense is said`(text: String, message: String) {
        let error = #expect(throws: ConfigurationError.self) { try read(text) }
        #expect("\(error!)".contains(message), "\(error!)")
    }
}
