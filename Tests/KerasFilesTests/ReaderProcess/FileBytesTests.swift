import Foundation
import Layers
import Tensors
import TestSupport
import Testing

@testable import KerasFiles

@Suite struct FileBytesTests {
    /// A file with an array that is large enough to be mapped.
    private static func withLargeFile(_ body: (String, Tensor) throws -> Void) throws {
        var builder = NetworkBuilder("large", input: [128])
        let output = try builder.add(Dense("dense", units: 256), to: builder.end)
        let network = builder.build(output: output)
        let parameters = network.initialParameters(seed: 3)
        try Fixtures.withTemporaryFolder { folder in
            let path = folder.appending(path: "x.weights.h5").path(percentEncoded: false)
            try WeightsWriter(network).write(parameters, to: path)
            try body(path, try #require(parameters["dense", "kernel"]))
        }
    }

    private static func kernel(_ file: WeightsFile) throws -> Tensor {
        let array = try #require(file.layers.flatMap(\.arrays).first { $0.shape == [128, 256] })
        #expect(!array.isConverted)
        return try file.read(array)
    }

    @Test func `A large array is used where it is, and outlives the file's value and name`() throws {
        try Self.withLargeFile { path, expected in
            var file: WeightsFile? = try WeightsFile(path)
            let kernel = try Self.kernel(#require(file))
            let again = try Self.kernel(#require(file))
            // Two reads of the file's memory, and not two copies of it.
            #expect(
                kernel.withUnsafeElements { $0.baseAddress } == again.withUnsafeElements { $0.baseAddress })
            file = nil
            try FileManager.default.removeItem(atPath: path)
            #expect(kernel == expected)
        }
    }

    @Test func `Writing to a mapped tensor changes neither the file nor another tensor`() throws {
        try Self.withLargeFile { path, expected in
            let file = try WeightsFile(path)
            var (first, second) = (try Self.kernel(file), try Self.kernel(file))
            first[0] = 77
            second.withMutableElements { $0[1] = 88 }
            #expect(first[0] == 77 && first[1] == expected[1])
            #expect(second[0] == expected[0] && second[1] == 88)
            #expect(try Self.kernel(file) == expected)
            #expect(try Self.kernel(WeightsFile(path)) == expected)
        }
    }

    @Test func `A file that was changed since it was opened is not read on`() throws {
        try Self.withLargeFile { path, _ in
            let file = try WeightsFile(path)
            let handle = try FileHandle(forWritingTo: URL(filePath: path))
            try handle.truncate(atOffset: 4096)
            try handle.close()
            #expect(throws: KerasFileError.unreadable(file: path, reason: "it was changed while it was read"))
            {
                try Self.kernel(file)
            }
        }
    }
}
