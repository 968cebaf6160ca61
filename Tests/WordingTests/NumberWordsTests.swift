import Testing
import Wording

@Suite struct NumberWordsTests {
    @Test func `Numbers are written for people`() {
        #expect(
            [0, 999, 1000, 25_636_712, -1234].map(grouped) == ["0", "999", "1 000", "25 636 712", "-1 234"])
        #expect([0, 1023, 1024, 10_485_760].map(byteText) == ["0 B", "1023 B", "1.0 KiB", "10 MiB"])
        #expect([0.9337, 0, 1].map(percent) == ["93.4 %", "0.0 %", "100.0 %"])
        #expect([counted(1, "epoch"), counted(1200, "epoch")] == ["1 epoch", "1 200 epochs"])
        #expect(
            [4.21, 42, 119, 120, 7199, 12_600].map(durationText) == [
                "4.2 s", "42 s", "119 s", "2 min", "120 min", "3.5 h",
            ])
    }

    @Test func `Near names are found, best first, and far ones are not`() {
        let names = ["adam", "adamw", "sgd", "rmsprop"]
        #expect(nearestNames(to: "Adm", among: names) == ["adam", "adamw"])
        #expect(nearestNames(to: "momentum", among: names).isEmpty)
    }
}
