import Foundation
import TestSupport
import Testing

@testable import KerasFiles

/// What a reader says is believed only as far as the file can account for it.
@Suite struct FileDescriptionTests {
    private static let path = Fixtures.path("keras_files/small_model.h5")

    private static func reason(_ change: (inout FileDescription) -> Void) throws -> String {
        var description = try FileReader(path).description()
        change(&description)
        do {
            _ = try description.contents(file: path, fileSize: FileBytes(path).size)
            return "none"
        } catch let error as FileDescription.Nonsense { return error.reason } catch { return "\(error)" }
    }

    @Test func `An unchanged description is believed`() throws {
        #expect(try Self.reason { _ in } == "none")
    }

    @Test func `A reader of another version is refused`() throws {
        #expect(try Self.reason { $0.version += 1 } == "the reader is of another version of graft")
    }

    @Test(arguments: [[-1, 4], [Int.max, 2], [1 << 40, 1 << 40], [1 << 56]])
    func `Shapes that cannot be are refused`(shape: [Int]) throws {
        #expect(try Self.reason { $0.arrays[0].shape = shape }.hasSuffix("has no possible shape"))
    }

    @Test(arguments: [-1, -4, 39_408, 39_405, Int.max, Int.min])
    func `Numbers outside of the file are refused`(offset: Int) throws {
        #expect(try Self.reason { $0.arrays[0].offset = offset }.hasSuffix("lies outside of the file"))
    }

    @Test func `Numbers of another kind are not taken for plain ones`() throws {
        #expect(try Self.reason { $0.arrays[0].type = .float64 }.hasSuffix("lies outside of the file"))
    }

    @Test(arguments: [-1, 1000])
    func `Arrays that are not in the list are refused`(position: Int) throws {
        #expect(try Self.reason { $0.layers[0].arrays = [position] } == "an array is not there")
        #expect(try Self.reason { $0.groups[0].arrays = [position] }.contains("has no scope"))
    }

    @Test func `A few bytes under many names are refused`() throws {
        let reason = try Self.reason { description in
            description.arrays[0].shape = [1 << 20]
            description.arrays[0].offset = nil
            description.layers[0].arrays = Array(repeating: 0, count: 64)
        }
        #expect(reason.hasPrefix("the arrays together claim more than "))
    }

    @Test func `Storage of more bytes than there are numbers for is refused`() throws {
        let reason = try Self.reason { description in
            for index in description.arrays.indices { description.arrays[index].storedBytes = .max }
        }
        #expect(reason == "the arrays together claim to be stored in more bytes than there are")
    }

    @Test func `A configuration that is no JSON is an error of the file`() throws {
        let reason = try Self.reason { $0.config = "{" }
        #expect(reason.hasPrefix("\(Self.path): expected attribute 'model_config'"))
    }
}
