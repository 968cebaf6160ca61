import Evaluation
import Foundation
import TestSupport
import Testing

@testable import Training

@Suite struct EarlyStoppingTests {
    @Test func `Training ends when Keras's ends, and the same epoch is the best`() throws {
        for expected in try TrainingFixture.load().earlyStopping {
            let monitor = try #require(EarlyStopping.Monitor(rawValue: expected.monitor))
            let rule = EarlyStopping(
                monitor: monitor, patience: expected.patience, minDelta: expected.minDelta)
            let (epochs, bestEpoch) = Self.watch(expected.values, rule)
            #expect(epochs == expected.epochs)
            #expect(bestEpoch == expected.bestEpoch)
        }
    }

    @Test func `What is not a number is never the best`() {
        let rule = EarlyStopping(patience: 2)
        var progress = EarlyStopping.Progress()
        let improved = [Double.nan, 5, .nan].enumerated().map { epoch, loss in
            progress.record(epoch: epoch + 1, loss, rule)
        }
        #expect(improved == [false, true, false])
        #expect(progress.bestEpoch == 2)
        #expect(!progress.shouldStop(rule))
    }

    @Test func `A baseline and a first epoch that counts are Keras's`() throws {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        let file = try Data(contentsOf: Fixtures.url("early_stopping/early_stopping.json"))
        for expected in try decoder.decode([Case].self, from: file) {
            let rule = EarlyStopping(
                monitor: try #require(EarlyStopping.Monitor(rawValue: expected.monitor)),
                patience: expected.patience, startFromEpoch: expected.startFromEpoch,
                baseline: expected.baseline)
            let (epochs, bestEpoch) = Self.watch(expected.values, rule)
            #expect(epochs == expected.epochs)
            #expect(bestEpoch == expected.bestEpoch)
        }
    }

    /// How many epochs a rule lets go by, and which it takes for the best.
    private static func watch(_ values: [Double], _ rule: EarlyStopping) -> (epochs: Int, bestEpoch: Int?) {
        var progress = EarlyStopping.Progress()
        var epochs = 0
        for value in values where !progress.shouldStop(rule) {
            epochs += 1
            _ = progress.record(epoch: epochs, value, rule)
        }
        return (epochs, progress.bestEpoch)
    }

    /// See `Tests/Fixtures/early_stopping/make.py`.
    private struct Case: Decodable {
        var monitor: String
        var patience: Int
        var baseline: Double?
        var startFromEpoch: Int
        var values: [Double]
        var epochs: Int
        var bestEpoch: Int
    }

    @Test func `Every monitor watches the metric of its name`() {
        var record = EpochRecord(
            stage: "", epoch: 1, learningRate: 1, loss: 1, accuracy: 2, validationLoss: 3,
            validationAccuracy: 4, seconds: 1, imagesPerSecond: 1)
        record.validationBalancedAccuracy = 5
        record.validationF1Macro = 6
        record.validationAUC = 7
        #expect(EarlyStopping.Monitor.allCases.map { $0.value(of: record) } == [3, 4, 5, 6, 7])
    }
}
