import Layers
import Tensors
import TestSupport
import Testing

@testable import KerasFiles

@Suite struct ImportCheckTests {
    private func statuses(_ check: ImportCheck) -> [String: ImportCheck.Status] {
        Dictionary(uniqueKeysWithValues: check.layers.map { ($0.name, $0.status) })
    }

    @Test(arguments: ["small_weights.h5", "small.weights.h5", "keras2.weights.h5", "automatic_names.h5"])
    func `A file that fits is matched in full`(name: String) throws {
        let check = try SmallNetwork.file(name).check(for: SmallNetwork.network())
        #expect(check.fits && check.count(.matched) == 6 && check.layers.count == 6)
        for array in check.layers.flatMap(\.arrays) { #expect(array.expected == array.found) }
    }

    @Test func `Every layer has what becomes of it, with both shapes`() throws {
        var builder = NetworkBuilder("other", input: [8, 8, 3])
        var x = try builder.add(Conv2D("conv1", filters: 5, kernelSize: 3), to: builder.input)
        x = try builder.add(BatchNormalization("bn1", scale: false), to: x)
        x = try builder.add(Conv2D("shortcut", filters: 4, kernelSize: 1), to: x)
        x = try builder.add(Conv2D("new", filters: 4, kernelSize: 1), to: x)
        let check = try SmallNetwork.file("small_weights.h5")
            .check(for: builder.build(output: x), options: ImportOptions(except: ["shortcut"]))
        #expect(!check.fits)
        #expect(
            statuses(check) == [
                "conv1": .mismatched, "bn1": .mismatched, "shortcut": .excluded, "new": .missing,
                "depthwise": .unexpected, "pointwise": .unexpected, "predictions": .unexpected,
            ])
        let arrays = Dictionary(uniqueKeysWithValues: check.layers.map { ($0.name, $0.arrays) })
        #expect(
            arrays["conv1"] == [
                .init(name: "kernel", expected: [3, 3, 3, 5], found: [3, 3, 3, 4]),
                .init(name: "bias", expected: [5], found: [4]),
            ])
        #expect(arrays["bn1"]?.last == .init(name: "moving_variance", expected: nil, found: [4]))
        #expect(arrays["new"]?.map(\.found) == [nil, nil])
        #expect(arrays["depthwise"]?.map(\.expected) == [nil])
    }

    @Test func `A check agrees with the import about whether everything fits`() throws {
        let networks = [
            try SmallNetwork.network(), try SmallNetwork.network(classes: 7),
            try SmallNetwork.network().until("bn1"),
        ]
        let options = [
            ImportOptions(), ImportOptions(match: .order), ImportOptions(match: .name),
            ImportOptions(only: ["conv1"]),
        ]
        for name in ["small_weights.h5", "no_names.weights.h5", "automatic_names.h5", "nested_model.h5"] {
            let file = try SmallNetwork.file(name)
            for network in networks {
                for options in options {
                    let fits = (try? file.parameters(for: network, options: options)) != nil
                    #expect(try file.check(for: network, options: options).fits == fits, "\(name) \(options)")
                }
            }
        }
    }
}
