import Testing

@testable import Training

@Suite struct EarlyStoppingTests {
    @Test func `Training ends when Keras's ends, and the same epoch is the best`() throws {
        for expected in try TrainingFixture.load().earlyStopping {
            let monitor = try #require(EarlyStopping.Monitor(rawValue: expected.monitor))
            let rule = EarlyStopping(
                monitor: monitor, patience: expected.patience, minDelta: expected.minDelta)
            var progress = EarlyStopping.Progress()
            var epochs = 0
            for value in expected.values where !progress.shouldStop(rule) {
                epochs += 1
                // The other value gets better and better, which must not matter.
                let other = monitor == .validationLoss ? Double(epochs) : -Double(epochs)
                let (loss, accuracy) = monitor == .validationLoss ? (value, other) : (other, value)
                _ = progress.record(epoch: epochs, loss: loss, accuracy: accuracy, rule)
            }
            #expect(epochs == expected.epochs)
            #expect(progress.bestEpoch == expected.bestEpoch)
        }
    }

    @Test func `What is not a number is never the best`() {
        let rule = EarlyStopping(patience: 2)
        var progress = EarlyStopping.Progress()
        let improved = [Double.nan, 5, .nan].enumerated().map { epoch, loss in
            progress.record(epoch: epoch + 1, loss: loss, accuracy: 0, rule)
        }
        #expect(improved == [false, true, false])
        #expect(progress.bestEpoch == 2)
        #expect(!progress.shouldStop(rule))
    }
}
