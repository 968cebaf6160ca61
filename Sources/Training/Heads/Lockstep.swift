import Dispatch
import Foundation
import Tensors

/// Several trainings, of which one at a time goes on, and which wait for one another at each step of a head, so
/// that their heads' steps are computed together.
///
/// Each runs on a thread of its own, as it would alone. Whoever comes to a step of a head hands it in and gives
/// its turn to the next; once nobody is left who has not, or is not over, all steps are computed at once, and the
/// turns begin anew. So the trainings may share whatever one thread at a time may use. One that ends, by an error
/// or because it is done, is no longer waited for.
public final class Lockstep: @unchecked Sendable {
    // Sendable: nothing is touched but by the thread that has its turn, and turns change hands by semaphores.
    private enum State {
        case ready
        case waiting(HeadStep)
        case answered(Result<HeadGradients?, any Error>)
        case over
    }

    /// One of the trainings.
    public struct Member: Sendable {
        fileprivate let lockstep: Lockstep
        fileprivate let index: Int
    }

    private struct Unchecked<Value>: @unchecked Sendable {
        // Sendable: see above.
        let value: Value
    }

    /// Of each training, and of whoever waits for them all.
    private let turns: [DispatchSemaphore]
    private let batch = HeadBatch()
    private var states: [State] = []
    private var errors: [(any Error)?] = []

    private init(_ count: Int) {
        turns = (0...count).map { _ in DispatchSemaphore(value: 0) }
        states = Array(repeating: .ready, count: count)
        errors = Array(repeating: nil, count: count)
    }

    /// Runs some trainings to their ends.
    /// - Parameter bodies: the trainings.
    /// - Returns: what each threw, if anything.
    public static func run(_ bodies: [(Member) throws -> Void]) -> [(any Error)?] {
        let lockstep = Lockstep(bodies.count)
        let (threads, bodies) = (ComputeThreads.current, Unchecked(value: bodies))
        for index in bodies.value.indices {
            let thread = Thread {
                // The number belongs to the thread.
                ComputeThreads.set(threads)
                lockstep.turns[index].wait()
                var failure: (any Error)?
                do { try bodies.value[index](Member(lockstep: lockstep, index: index)) } catch {
                    failure = error
                }
                lockstep.end(index, failure)
            }
            // As much as a program's first thread usually has.
            thread.stackSize = 8 << 20
            thread.name = "trial"
            thread.start()
        }
        // The first goes on; with none, all are over.
        lockstep.turns[0].signal()
        lockstep.turns[bodies.value.count].wait()
        return lockstep.errors
    }

    private func end(_ index: Int, _ error: (any Error)?) {
        states[index] = .over
        errors[index] = error
        passTurn(after: index)
    }

    fileprivate func gradients(of step: HeadStep, by index: Int) throws -> HeadGradients? {
        states[index] = .waiting(step)
        passTurn(after: index)
        turns[index].wait()
        guard case .answered(let result) = states[index] else {
            preconditionFailure("a turn without an answer")
        }
        states[index] = .ready
        return try result.get()
    }

    /// Lets the next training go on that can, after all steps are computed where none can.
    private func passTurn(after index: Int) {
        turns[nextReady(after: index) ?? computeAll()].signal()
    }

    private func nextReady(after index: Int) -> Int? {
        (1...states.count).map { (index + $0) % states.count }.first { candidate in
            switch states[candidate] {
            case .ready, .answered: true
            case .waiting, .over: false
            }
        }
    }

    /// - Returns: whose turn it is then; nobody's where all are over.
    private func computeAll() -> Int {
        let waiting = states.indices.compactMap { index -> (Int, HeadStep)? in
            guard case .waiting(let step) = states[index] else { return nil }
            return (index, step)
        }
        guard let first = waiting.first?.0 else { return states.count }
        for ((index, _), result) in zip(waiting, batch.results(of: waiting.map(\.1))) {
            states[index] = .answered(result)
        }
        return first
    }
}

extension Lockstep.Member: HeadComputer {
    func gradients(of step: HeadStep) throws -> HeadGradients? {
        try lockstep.gradients(of: step, by: index)
    }
}
