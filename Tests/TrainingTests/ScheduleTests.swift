import Testing

@testable import Training

@Suite struct ScheduleTests {
    @Test func `Cosine decay is Keras's`() throws {
        let schedule = LearningRateSchedule(base: 0.2, shape: .cosine(end: 0.1))
        for (step, expected) in try TrainingFixture.load().cosine.enumerated() {
            let found = schedule.learningRate(step: step, stepsPerEpoch: 10, epochs: 4)
            #expect(abs(found - expected) < 1e-7)
        }
    }

    @Test func `A warm-up rises evenly to the base and is over on time`() {
        let schedule = LearningRateSchedule(base: 1, warmupEpochs: 2)
        let rates = (0..<12).map { schedule.learningRate(step: $0, stepsPerEpoch: 4, epochs: 3) }
        #expect(rates == [0.125, 0.25, 0.375, 0.5, 0.625, 0.75, 0.875, 1, 1, 1, 1, 1])
    }

    @Test func `Steps fall at whole multiples of their epochs`() {
        let schedule = LearningRateSchedule(base: 1, shape: .step(everyEpochs: 2, factor: 0.5))
        let rates = (0..<6).map { schedule.learningRate(step: $0, stepsPerEpoch: 1, epochs: 6) }
        #expect(rates == [1, 1, 0.5, 0.5, 0.25, 0.25])
    }

    @Test func `Exponential and polynomial decay end where they should`() {
        let exponential = LearningRateSchedule(base: 2, shape: .exponential(rate: 0.5, everyEpochs: 1))
        #expect(exponential.learningRate(step: 6, stepsPerEpoch: 2, epochs: 9) == 0.25)
        let line = LearningRateSchedule(base: 2, shape: .polynomial(power: 1, end: 0.5))
        #expect(line.learningRate(step: 0, stepsPerEpoch: 5, epochs: 2) == 2)
        #expect(line.learningRate(step: 5, stepsPerEpoch: 5, epochs: 2) == 1.5)
        #expect(line.learningRate(step: 10, stepsPerEpoch: 5, epochs: 2) == 1)
    }
}
