import Architectures
import Layers
import TestSupport
import Testing

@testable import KerasFiles

@Suite struct NetworkMatchTests {
    @Test func `The candidate with the same layers and shapes is found`() throws {
        let file = try SmallNetwork.file("small_weights.h5")
        let candidates = [
            (name: "small with 7 classes", network: try SmallNetwork.network(classes: 7)),
            (name: "small", network: try SmallNetwork.network()),
            (name: "vgg16", network: try Architecture.vgg16.network()),
        ]
        let match = try #require(file.bestMatch(among: candidates))
        #expect(match.description == "small")
        #expect(match.matched.count == 6 && match.missing.isEmpty && match.conflicting.isEmpty)
        #expect(file.bestMatch(among: [candidates[2]]) == nil)
        let near = try #require(file.bestMatch(among: [candidates[0]]))
        #expect(near.description == "small with 7 classes, 1 layer of other shapes")
    }

    @Test func `A backbone in a nested model is recognised without its top`() throws {
        let file = try SmallNetwork.file("nested_model.h5")
        let match = try #require(file.bestMatch(among: [("small", SmallNetwork.network())]))
        #expect(match.description == "small, without top, 2 further layers")
    }
}
