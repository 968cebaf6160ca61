import Testing

@testable import Experiments

@Suite struct ProcessorTests {
    @Test(
        arguments: [
            ("processor\t: 0\nmodel\t\t: 85\nmodel name\t: Xeon: Gold\nmodel name\t: other", "Xeon: Gold"),
            ("processor\t: 0\nCPU implementer\t: 0x41\nCPU part\t: 0xd0c", "implementer 0x41"),
            ("processor : 0\nCPU implementer : 0x41\nModel : Raspberry Pi 4", "Raspberry Pi 4"),
            ("", "unknown"),
        ])
    func `The processor is what Linux calls it`(text: String, name: String) {
        #expect(Processor.model(in: text) == name)
    }
}
