import Foundation
import Graft
import TestSupport
import Testing

@testable import GraftCommand

@Suite struct GeneralTests {
    @Test func `Help and the version are printed`() throws {
        for words in [[], ["--help"], ["-h"], ["help"]] {
            let outcome = try Program.run(Program.graft, words)
            #expect(outcome.status == 0)
            #expect(outcome.output.contains("graft COMMAND [ARGUMENTS]"))
            #expect(outcome.error == "")
        }
        #expect(try Program.graft("--version").output == "graft \(graftVersion)\n")
    }

    @Test(arguments: GraftCommand.commands.map { $0.specification.name })
    func `Every command has help`(command: String) throws {
        let outcome = try Program.graft(command, "--help")
        #expect(outcome.status == 0)
        #expect(outcome.output.contains("Usage\n  graft \(command)"))
        #expect(try Program.graft("help", command).output == outcome.output)
    }

    @Test func `A command line that makes no sense ends with 2 and a suggestion`() throws {
        let outcome = try Program.graft("trian", "x.yaml")
        #expect(outcome.status == 2)
        #expect(outcome.output == "")
        #expect(
            outcome.error
                == "error: there is no command 'trian'; did you mean 'train'? (see 'graft --help')\n")
        #expect(try Program.graft("train").status == 2)
        #expect(try Program.graft("train", "x.yaml", "--threads", "0").status == 2)
        #expect(try Program.graft("evaluate", "x", "--split", "all").status == 2)
        #expect(try Program.graft("completion", "csh").status == 2)
    }

    @Test func `There are no colours where nobody looks`() throws {
        for words in [["--help"], ["models"], ["models", "vgg16"], ["nonsense"]] {
            let outcome = try Program.run(Program.graft, words, environment: ["TERM": "xterm-256color"])
            #expect(!(outcome.output + outcome.error).contains("\u{1B}"))
        }
    }

    @Test func `Architectures are listed, and shown in full`() throws {
        let overview = try Program.graft("models")
        #expect(overview.status == 0)
        let lines = overview.output.split(separator: "\n")
        #expect(lines.count == 1 + Architecture.all.count)
        #expect(lines.allSatisfy { $0.count <= 80 })
        #expect(lines.contains { $0.hasPrefix("resnet50 ") && $0.contains("25 636 712") })
        let one = try Program.graft("models", "resnet50")
        #expect(one.output.contains("resnet50_weights_tf_dim_ordering_tf_kernels_notop.h5"))
        #expect(one.output.contains("\nconv4 "))
        let unknown = try Program.graft("models", "resnet51")
        #expect(unknown.status == 1)
        #expect(unknown.error.contains("did you mean 'resnet50'"))
    }

    @Test func `Architectures are listed as JSON`() throws {
        let outcome = try Program.graft("models", "--json")
        let list = try #require(
            try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [[String: Any]])
        #expect(list.map { $0["name"] as? String } == Architecture.all.map(\.name))
        #expect(list[0]["layer_groups"] as? [String] == (1...5).map { "block\($0)" })
        #expect(list[0]["parameters"] as? Int == 138_357_544)
    }

    @Test func `A weights file is inspected`() throws {
        let file = Fixtures.path("keras_files/small_model.h5")
        let text = try Program.graft("inspect", file)
        #expect(text.status == 0)
        #expect(text.output.contains("LAYER"))
        let json = try Program.graft("inspect", file, "--json")
        let object = try #require(
            try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
        #expect(object["file"] as? String == file)
        #expect(object["architecture"] is NSNull)
        #expect((object["layers"] as? [Any])?.isEmpty == false)
    }

    @Test func `A file that is no weights file is named`() throws {
        let file = Fixtures.path("keras_files/make.py")
        let outcome = try Program.graft("inspect", file)
        #expect(outcome.status == 1)
        #expect(outcome.error.hasPrefix("error: \(file): expected an HDF5 file"))
    }
}
