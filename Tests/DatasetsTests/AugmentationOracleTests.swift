import Foundation
import TestSupport
import Testing

@testable import Datasets

/// Against torchvision and Pillow; see `Tests/Fixtures/augmentation/make.py`.
@Suite struct AugmentationOracleTests {
    private struct Case: Decodable {
        var source: DatasetsFixture.Picture
        var geometric: [Geometric]
        var crops: [Crop]
        var colors: [Color]
        var operations: [Operation]
    }

    private struct Geometric: Decodable {
        var name: String
        var parameters: [Double]
        var fill: String
        var result: DatasetsFixture.Picture
    }

    private struct Crop: Decodable {
        var parameters: [Int]
        var result: DatasetsFixture.Picture
    }

    private struct Color: Decodable {
        var name: String
        var parameter: Double
        var result: DatasetsFixture.Picture
    }

    private struct Operation: Decodable {
        var name: String
        var isNegative: Bool
        var strength: Double
        var result: DatasetsFixture.Picture
    }

    private static func cases() throws -> [Case] {
        try JSONDecoder().decode(
            [Case].self, from: Data(contentsOf: Fixtures.url("augmentation/expected.json")))
    }

    @Test func `Geometric steps give torchvision's values, to one of 255, with each fill mode`() throws {
        for item in try Self.cases() {
            let source = item.source.image
            for expected in item.geometric {
                let map = try map(expected.name, expected.parameters, source)
                let fill = try #require(FillMode(rawValue: expected.fill))
                let difference = source.resampled(by: map, fill: fill)
                    .greatestDifference(from: expected.result.image)
                #expect(difference! <= 1, "\(expected.name) \(expected.parameters) \(expected.fill)")
            }
        }
    }

    private func map(_ name: String, _ parameters: [Double], _ image: Image) throws -> PixelMap {
        let (height, width) = (image.height, image.width)
        switch name {
        case "rotation": return .rotation(degrees: parameters[0], height: height, width: width)
        case "shear": return .shear(degrees: parameters[0], height: height, width: width)
        case "zoom": return .zoom(parameters[0], height: height, width: width)
        default:
            try #require(name == "translation")
            return .translation(down: parameters[0], right: parameters[1])
        }
    }

    @Test func `A part brought to full size has torchvision's values, to one of 255, whatever the fill`()
        throws
    {
        for item in try Self.cases() {
            let source = item.source.image
            for expected in item.crops {
                let (top, left) = (expected.parameters[0], expected.parameters[1])
                let map = PixelMap.crop(
                    rows: top...top + expected.parameters[2] - 1,
                    columns: left...left + expected.parameters[3] - 1, height: source.height,
                    width: source.width)
                for fill in FillMode.allCases {
                    let result = source.resampled(by: map, fill: fill)
                    #expect(result.greatestDifference(from: expected.result.image)! <= 1)
                }
            }
        }
    }

    @Test func `Colour steps and filters give torchvision's and Pillow's values, to one of 255`() throws {
        for item in try Self.cases() {
            for expected in item.colors {
                let result = try changed(item.source.image, expected.name, expected.parameter)
                let difference = result.greatestDifference(from: expected.result.image)
                #expect(difference! <= 1, "\(expected.name) \(expected.parameter)")
            }
        }
    }

    private func changed(_ image: Image, _ name: String, _ parameter: Double) throws -> Image {
        switch name {
        case "brightness": return image.brightened(by: Float(parameter))
        case "contrast": return image.contrasted(by: Float(parameter))
        case "saturation": return image.saturated(by: Float(parameter))
        case "sharpness": return image.sharpened(by: Float(parameter))
        case "hue": return image.hueShifted(by: Float(parameter))
        case "grey": return image.channels == 3 ? image.grey.rgb : image
        case "blur": return image.blurred(sigma: parameter)
        case "posterize": return image.posterized(bits: Int(parameter))
        case "solarize": return image.solarized(threshold: Float(parameter))
        case "autoContrast": return image.contrasted(by: 0.4).autoContrasted
        default:
            try #require(name == "equalize")
            return image.equalized
        }
    }

    @Test func `RandAugment's operations give torchvision's values, to one of 255`() throws {
        for item in try Self.cases() {
            let kinds = Set(item.operations.map(\.name))
            #expect(kinds == Set(RandAugmentOperation.Kind.allCases.map(\.rawValue)))
            for expected in item.operations {
                let kind = try #require(RandAugmentOperation.Kind(rawValue: expected.name))
                let operation = RandAugmentOperation(
                    kind, strength: expected.strength, isNegative: expected.isNegative)
                let result = operation.apply(to: item.source.image, fill: .constant)
                let difference = result.greatestDifference(from: expected.result.image)
                #expect(difference! <= 1, "\(expected.name) \(expected.isNegative)")
            }
        }
    }
}
