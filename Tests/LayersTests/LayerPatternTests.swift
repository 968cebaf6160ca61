import Layers
import Testing

@Suite struct LayerPatternTests {
    @Test(arguments: [
        ("conv1", "conv1", true), ("conv1", "conv10", false), ("conv?", "conv1", true),
        ("conv?", "conv", false), ("*", "", true), ("*", "x", true), ("block_1*", "block_13_project", true),
        ("block_1*", "block_2", false), ("*_bn", "conv_dw_1_bn", true), ("*_bn", "conv_dw_1_bn_x", false),
        ("a*b*c", "a_b_b_c", true), ("a*b*c", "a_c_b", false), ("*ab", "aab", true), ("*a?b", "aaab", true),
        ("**", "x", true), ("?", "", false),
    ])
    func `A star stands for any letters and a question mark for one`(
        pattern: String, name: String, fits: Bool
    ) { #expect(LayerPattern(pattern).matches(name) == fits) }

    @Test func `What is near a pattern is named`() {
        let names = ["conv_pw_1", "conv_pw_1_bn", "conv_dw_12_bn"]
        #expect(LayerPattern("conv_pw_2").nearest(among: names) == ["conv_pw_1"])
        #expect(LayerPattern("conv_pv*").nearest(among: names) == ["conv_pw*", "conv_dw*"])
        #expect(LayerPattern("*_bm").nearest(among: names) == ["*_bn"])
        #expect(LayerPattern("dense").nearest(among: names) == [])
    }
}
