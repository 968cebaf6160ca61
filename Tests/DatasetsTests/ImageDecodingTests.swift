import Datasets
import Foundation
import TestSupport
import Testing

@Suite struct ImageDecodingTests {
    @Test func `Every kind of file has the pixels that Pillow finds in it`() throws {
        let decoded = try DatasetsFixture.load().decoded
        #expect(decoded.count == 23)
        for (name, expected) in decoded {
            let image = try Image(contentsOfFile: DatasetsFixture.path("images/\(name)"))
            #expect(image.greatestDifference(from: expected.image) == 0, "\(name)")
        }
    }

    @Test(
        arguments: [
            "cut.jpg", "changed.jpg", "only-a-start.jpg", "text.jpg", "cut.png", "unended.png", "changed.png",
            "empty.png", "cut.tif", "overwritten.tif", "grey-16.tif", "float.tif",
        ])
    func `A broken or foreign file is an error that names it`(name: String) throws {
        let path = DatasetsFixture.path("broken/\(name)")
        let error = #expect(throws: DatasetError.self) { try Image(contentsOfFile: path) }
        guard case .image(path, let reason) = error else {
            Issue.record("\(name): \(String(describing: error))")
            return
        }
        #expect(!reason.isEmpty)
    }

    @Test func `Errors say what is wrong`() throws {
        func message(_ name: String) -> String {
            do {
                _ = try Image(contentsOfFile: DatasetsFixture.path("broken/\(name)"))
                return "no error"
            } catch { return "\(error)" }
        }
        #expect(message("cut.jpg").hasSuffix("not a readable picture: Premature end of JPEG file"))
        #expect(message("cut.png").hasSuffix("the file ends too early"))
        #expect(message("changed.png").contains("not a readable picture: IDAT"))
        #expect(message("empty.png").hasSuffix("the file is empty"))
        #expect(message("text.jpg").hasSuffix("neither JPEG nor PNG nor TIFF"))
        #expect(message("grey-16.tif").hasSuffix("TIFF with bits per sample 16 is not supported"))
        #expect(message("absent.jpg").hasSuffix("absent.jpg: No such file or directory"))
    }

    @Test func `A picture that claims to be huge is refused before memory is taken`() throws {
        let path = DatasetsFixture.path("broken/bomb.png")
        #expect(
            throws: DatasetError.imageTooLarge(
                path: path, width: 60000, height: 60000, limit: Image.pixelLimit)
        ) { try Image(contentsOfFile: path) }
    }

    @Test(arguments: ["rgb.jpg", "rgb.png", "rgb.tif"])
    func `The limit counts pixels and includes itself`(name: String) throws {
        let data = try Data(contentsOf: Fixtures.url("datasets/images/\(name)"))
        #expect(try Image(decoding: data, path: name, pixelLimit: 17 * 23).width == 23)
        #expect(throws: DatasetError.imageTooLarge(path: name, width: 23, height: 17, limit: 17 * 23 - 1)) {
            try Image(decoding: data, path: name, pixelLimit: 17 * 23 - 1)
        }
    }

    @Test(arguments: ["rgb.jpg", "progressive.jpg", "cmyk.jpg", "rgb.png", "interlaced.png", "rgb.tif"])
    func `A file cut short anywhere is an error or whole, never a crash`(name: String) throws {
        let data = try Data(contentsOf: Fixtures.url("datasets/images/\(name)"))
        let whole = try Image(decoding: data, path: name)
        for count in 0..<data.count {
            if let image = try? Image(decoding: data.prefix(count), path: name) { #expect(image == whole) }
        }
    }

    @Test(arguments: [
        "rgb.jpg", "rgb.png", "palette.png", "grey.tiff", "rgb.tif", "rgb-jpeg.tif", "bilevel.tif",
    ])
    func `A file with any byte changed decodes or is an error, but nothing worse`(name: String) throws {
        let data = try Data(contentsOf: Fixtures.url("datasets/images/\(name)"))
        for index in data.indices {
            for mask: UInt8 in [0x01, 0x80, 0xFF] {
                var changed = data
                changed[index] ^= mask
                // Far below the limit that users have, so that a changed height does not cost gigabytes.
                _ = try? Image(decoding: changed, path: name, pixelLimit: 1 << 20)
            }
        }
    }
}

@Suite struct PNGEncodingTests {
    @Test(arguments: [1, 3])
    func `A picture that is written as PNG is read back as it was`(channels: Int) throws {
        let image = Image(
            height: 5, width: 7, channels: channels, pixels: (0..<35 * channels).map { UInt8($0 * 2) })
        #expect(try Image(decoding: image.png(), path: "memory") == image)
    }
}
