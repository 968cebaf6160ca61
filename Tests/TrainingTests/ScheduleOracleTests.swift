import Testing

@testable import Training

@Suite struct ScheduleOracleTests {
    /// Ten steps an epoch, four epochs.
    private static func rates(_ shape: LearningRateSchedule.Shape) -> [Double] {
        let schedule = LearningRateSchedule(base: 0.2, shape: shape)
        return (0..<40).map { schedule.learningRate(step: $0, stepsPerEpoch: 10, epochs: 4) }
    }

    @Test func `Every decay is Keras's`() throws {
        let fixture = try OptimizationFixture.load().schedules
        let shapes: [String: LearningRateSchedule.Shape] = [
            "exponential": .exponential(rate: 0.5, everyEpochs: 2),
            "step": .step(everyEpochs: 2, factor: 0.5),
            "polynomial": .polynomial(power: 2, end: 0.1),
            "cosine": .cosine(end: 0.1),
            "restarts": .cosineRestarts(
                CosineRestarts(firstEpochs: 1, timeFactor: 2, heightFactor: 0.8, end: 0.1)),
            "restarts 1.5": .cosineRestarts(CosineRestarts(firstEpochs: 1, timeFactor: 1.5)),
            "equal restarts": .cosineRestarts(
                CosineRestarts(firstEpochs: 1, timeFactor: 1, heightFactor: 0.5)),
        ]
        #expect(Set(shapes.keys) == Set(fixture.keys))
        for (name, shape) in shapes {
            for (step, (found, wanted)) in zip(Self.rates(shape), fixture[name] ?? []).enumerated() {
                #expect(abs(found - wanted) < 2e-7, "\(name), step \(step)")
            }
        }
    }

    @Test func `One cycle is PyTorch's, momentum included`() throws {
        let fixture = try OptimizationFixture.load().oneCycle
        let cycles = [
            "one cycle": OneCycle(),
            "linear": OneCycle(rise: 0.4, divisor: 10, finalDivisor: 100, anneal: .linear),
            "three phases": OneCycle(hasThreePhases: true, momentum: 0.8...0.9),
        ]
        #expect(Set(cycles.keys) == Set(fixture.keys))
        for (name, cycle) in cycles {
            let schedule = LearningRateSchedule(base: 0.2, shape: .oneCycle(cycle))
            for step in 0..<40 {
                let rate = schedule.learningRate(step: step, stepsPerEpoch: 10, epochs: 4)
                #expect(abs(rate - fixture[name]!.rates[step]) < 1e-9, "\(name), step \(step)")
                let momentum = schedule.momentum(step: step, stepsPerEpoch: 10, epochs: 4) ?? 0
                #expect(abs(momentum - fixture[name]!.momenta[step]) < 1e-9, "\(name), step \(step)")
            }
        }
    }

    @Test func `A plateau reduces the rate when Keras's callback does`() throws {
        for given in try OptimizationFixture.load().plateau {
            let rule = ReduceOnPlateau(
                monitor: try #require(.init(rawValue: given.monitor)), factor: given.factor,
                patience: given.patience, minDelta: given.minDelta, cooldown: given.cooldown,
                least: given.minLr)
            var progress = ReduceOnPlateau.Progress()
            for (value, rate) in zip(given.values, given.rates) {
                progress.record(value, base: 0.1, rule)
                #expect(abs((progress.rate ?? 0.1) - rate) < 1e-6 * rate + 1e-12)
            }
            #expect(progress.rate != nil)
        }
    }

    @Test(arguments: [
        LearningRateSchedule.Shape.oneCycle(OneCycle()), .cosine(end: 0), .step(everyEpochs: 1, factor: 0.1),
    ])
    func `A warm-up rises to where the curve begins, and the curve follows it`(
        _ shape: LearningRateSchedule.Shape
    ) {
        let plain = LearningRateSchedule(base: 1, shape: shape)
        let warmed = LearningRateSchedule(base: 1, shape: shape, warmupEpochs: 2)
        func rate(_ schedule: LearningRateSchedule, _ step: Int, _ epochs: Int) -> Double {
            schedule.learningRate(step: step, stepsPerEpoch: 5, epochs: epochs)
        }
        let first = rate(plain, 0, 3)
        for step in 0..<10 { #expect(abs(rate(warmed, step, 5) - first * Double(step + 1) / 10) < 1e-12) }
        for step in 0..<15 { #expect(abs(rate(warmed, 10 + step, 5) - rate(plain, step, 3)) < 1e-12) }
    }
}
