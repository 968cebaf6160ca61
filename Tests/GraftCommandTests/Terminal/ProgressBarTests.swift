import Graft
import Testing

@testable import GraftCommand

@Suite struct ProgressBarTests {
    @Test func `A bar fills the room that is left`() {
        let line = ProgressBar.line(
            "epoch 1/3", done: 16, total: 64, timeLeft: .seconds(75), ["loss 0.5"], width: 80)
        #expect(line == "epoch 1/3 ━━━━━━╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌  25 %  16/64  loss 0.5  ETA 1:15")
        for width in 1...100 {
            let line = ProgressBar.line(
                "epoch 1/3", done: 16, total: 64, timeLeft: .seconds(75), ["loss 0.5"], width: width)
            #expect(line.count <= max(width - 1, 1))
        }
    }

    @Test func `Without a terminal there is no bar`() {
        let line = ProgressBar.line("test", done: 64, total: 64, timeLeft: .zero, [], width: nil)
        #expect(line == "test  100 %  64/64  ETA 0:00")
    }

    @Test func `Without a total there is neither a share nor a time left`() {
        let line = ProgressBar.line(
            "x.h5", done: 3_500_000, total: nil, timeLeft: nil, ["1 MiB/s"], width: 80, unit: byteText)
        #expect(line == "x.h5  3.3 MiB  1 MiB/s")
    }

    @Test func `Nothing to do, and more done than there was, are shown`() {
        #expect(ProgressBar.line("a", done: 0, total: 0, timeLeft: nil, [], width: nil) == "a  0 %  0/0")
        #expect(ProgressBar.line("a", done: 3, total: 2, timeLeft: nil, [], width: nil) == "a  100 %  3/2")
    }

    @Test func `Durations are written as clocks write them`() {
        let texts = [0.0, 59.4, 59.6, 3599, 3600, 3_725, 1e9].map { ProgressBar.clock(.seconds($0)) }
        #expect(texts == ["0:00", "0:59", "1:00", "59:59", "1:00:00", "1:02:05", "99:59:59"])
    }
}
