import Foundation
import TestSupport
import Testing

@testable import Sweeps

@Suite struct ShippedSweepsTests {
    @Test(arguments: [
        "quickstart-sweep", "fer2013-sweep", "fer2013-ablation-sweep", "fer2013-freezing-sweep",
    ])
    func `The sweeps that come with Graft can be read`(_ name: String) throws {
        let file = Fixtures.checkout.appending(path: "experiments/\(name).yaml")
        let sweep = try SweepConfiguration.load(path: file.path(percentEncoded: false))
        #expect(sweep.name == name)
        #expect(sweep.trialCount != nil)
    }
}
