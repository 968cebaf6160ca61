import Foundation
import Graft
import TestSupport
import Testing

/// `graft import --check`.
@Suite struct ImportTests {
    /// A file of a narrow MobileNet's weights.
    private func withFile(
        alpha: Double = 0.25, until: String? = nil, _ body: (String) throws -> Void
    ) throws {
        try Fixtures.withTemporaryFolder { folder in
            let whole = try Architecture.mobilenet.network(alpha: alpha, includeTop: false)
            let network = try until.map { try whole.until($0) } ?? whole
            let path = folder.appending(path: "narrow.h5").path
            try WeightsWriter(network).write(network.initialParameters(seed: 1), to: path)
            try body(path)
        }
    }

    private func check(_ file: String, _ words: String...) throws -> Program.Outcome {
        try Program.run(
            Program.graft, ["import", "--check", file, "--architecture", "mobilenet"] + words)
    }

    @Test func `A file that fits is matched layer by layer`() throws {
        try withFile { file in
            let outcome = try check(file, "--alpha", "0.25", "--input-size", "96")
            #expect(outcome.status == 0, "\(outcome.error)")
            let lines = outcome.output.split(separator: "\n").map {
                $0.split(separator: " ", omittingEmptySubsequences: true).joined(separator: " ")
            }
            #expect(lines.count == 1 + 54 + 1)
            #expect(lines[0] == "LAYER ARRAYS EXPECTED FOUND STATUS")
            #expect(lines[1] == "conv1 kernel [3, 3, 3, 8] [3, 3, 3, 8] matched")
            #expect(
                lines[2] == "conv1_bn gamma, beta, moving_mean, moving_variance 4 x [8] 4 x [8] matched")
            #expect(lines[55] == "\(file): fits 'mobilenet' by name: 54 matched")
        }
    }

    @Test func `A file of another width does not fit, and its own width is suggested`() throws {
        try withFile { file in
            let outcome = try check(file, "--alpha", "0.5")
            #expect(outcome.status == 1)
            #expect(outcome.error.isEmpty)
            let lines = outcome.output.split(separator: "\n")
            #expect(lines[1].hasSuffix("mismatched"))
            #expect(
                lines.suffix(2) == [
                    "\(file): does not fit 'mobilenet' by name: 0 matched, 54 mismatched",
                    "the file looks like mobilenet alpha 0.25, without top: --architecture mobilenet "
                        + "--alpha 0.25",
                ])
        }
    }

    @Test func `A file for grey pictures is known by its own channels`() throws {
        try Fixtures.withTemporaryFolder { folder in
            let network = try Architecture.mobilenet.network(
                input: [64, 64, 1], alpha: 0.25, includeTop: false)
            let path = folder.appending(path: "grey.h5").path
            try WeightsWriter(network).write(network.initialParameters(seed: 1), to: path)
            let outcome = try check(path, "--alpha", "0.5")
            #expect(outcome.status == 1)
            #expect(
                outcome.output.hasSuffix(
                    "--architecture mobilenet --alpha 0.25 --channels 1\n"), "\(outcome.output)")
            #expect(try check(path, "--alpha", "0.25").status == 1)
            #expect(try check(path, "--alpha", "0.25", "--channels", "1").status == 0)
        }
    }

    @Test func `A file that was cut fits without what is missing`() throws {
        try withFile(until: "conv_pw_12_relu") { file in
            let whole = try check(file, "--alpha", "0.25")
            #expect(whole.status == 1)
            #expect(
                whole.output.hasSuffix(
                    "does not fit 'mobilenet' by name: 50 matched, 4 missing\nthe file looks like mobilenet "
                        + "alpha 0.25, without top, cut after conv_pw_12_relu: --except block_13, or "
                        + "--until conv_pw_12_relu ('until: conv_pw_12_relu' in a configuration)\n"))
            #expect(try check(file, "--alpha", "0.25", "--until", "conv_pw_12_relu").status == 0)
            let part = try check(file, "--alpha", "0.25", "--except", "block_13")
            #expect(part.status == 0)
            #expect(part.output.hasSuffix("fits 'mobilenet' by name: 50 matched, 4 excluded\n"))
            let top = try check(file, "--alpha", "0.25", "--except", "block_13", "--top")
            #expect(top.status == 1)
            #expect(top.output.contains("50 matched, 1 missing, 4 excluded\n"))
        }
    }

    @Test func `Everything is there as JSON, too`() throws {
        struct Report: Decodable {
            struct Layer: Decodable {
                struct Array: Decodable {
                    var name: String
                    var expected: [Int]?
                    var found: [Int]?
                }
                var name: String
                var path: String?
                var status: String
                var arrays: [Array]
            }
            var fits: Bool
            var matching: String
            var counts: [String: Int]
            var layers: [Layer]
            var suggestion: String?
        }
        try withFile { file in
            let outcome = try check(
                file, "--alpha", "0.25", "--json", "--rename", "conv_dw_1=conv_dw_2", "--only", "conv_dw_*",
                "--except", "*_bn")
            #expect(outcome.status == 1)
            let report = try JSONDecoder().decode(Report.self, from: Data(outcome.output.utf8))
            #expect(!report.fits && report.matching == "byName")
            #expect(report.counts["matched"] == 11 && report.counts["missing"] == 1)
            let second = try #require(report.layers.first { $0.name == "conv_dw_2" })
            #expect(second.status == "mismatched" && second.path == "/conv_dw_1")
            #expect(second.arrays[0].expected == [3, 3, 16, 1] && second.arrays[0].found == [3, 3, 8, 1])
            #expect(report.suggestion == "mobilenet alpha 0.25, without top")
        }
    }

    @Test(arguments: [
        (["--rename", "conv1"], "--rename: expected FILE_LAYER=NETWORK_LAYER, found 'conv1'"),
        (["--match", "size"], "--match: expected name or order, found 'size'"),
        (["--alpha", "wide"], "--alpha: expected a number greater than 0, found 'wide'"),
    ])
    func `A command line that makes no sense is refused`(words: [String], message: String) throws {
        let outcome = try Program.run(
            Program.graft, ["import", "x.h5", "--check", "--architecture", "mobilenet"] + words)
        #expect(outcome.status == 2)
        #expect(outcome.error.contains(message), "\(outcome.error)")
    }

    @Test func `What is needed is asked for`() throws {
        let noCheck = try Program.graft("import", "x.h5", "--architecture", "mobilenet")
        #expect(noCheck.status == 2 && noCheck.error.contains("--check is needed"))
        let noName = try Program.graft("import", "--check", "x.h5")
        #expect(noName.status == 2 && noName.error.contains("--architecture needs a value"))
        let noFile = try check("/nowhere/x.h5")
        #expect(noFile.status == 1 && noFile.error == "error: /nowhere/x.h5: there is no such file\n")
    }

    @Test func `A pattern or a name that stands for nothing is an error with the nearest names`() throws {
        try withFile { file in
            let outcome = try check(file, "--alpha", "0.25", "--only", "blok_1", "--rename", "cnv1=conv1")
            #expect(outcome.status == 1)
            #expect(outcome.error.contains("only 'blok_1'") && outcome.error.contains("'block_1'"))
            #expect(outcome.error.contains("rename 'cnv1': the file has no such layer"))
            #expect(outcome.output.isEmpty)
        }
    }

    @Test(
        .enabled(
            if: ["h5", "keras", "weights.h5"].allSatisfy {
                Fixtures.hasShared("pretrained/mobilenet_1_0_224_block12.\($0)")
            }, "needs the real MobileNet"))
    func `The real MobileNet fits by name and by order, without its last block`() throws {
        for ending in ["h5", "keras", "weights.h5"] {
            for match in ["name", "order"] {
                let outcome = try check(
                    Fixtures.shared("pretrained/mobilenet_1_0_224_block12.\(ending)"), "--except", "block_13",
                    "--match", match)
                #expect(outcome.status == 0)
                #expect(outcome.output.hasSuffix("fits 'mobilenet' by \(match): 50 matched, 4 excluded\n"))
            }
        }
    }
}
