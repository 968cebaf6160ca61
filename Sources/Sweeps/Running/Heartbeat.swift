import Foundation
import Synchronization

/// Renews a claim from a thread of its own, so that a slow step of the training does not look like a death.
final class Heartbeat: Sendable {
    private let isOver = Atomic(false)
    private let hasLost = Atomic(false)
    private let isStopped = Atomic(false)

    /// Begins to renew.
    /// - Parameter store: opens a connection for the thread.
    init(_ claim: Claim, lease: TimeInterval, store: @escaping @Sendable () throws -> any SweepStore) {
        let thread = Thread { [self] in
            guard let store = try? store() else { return }
            var rest = 0.0
            while !isOver.load(ordering: .relaxed) {
                if rest <= 0 {
                    rest = lease / 4
                    do { try store.renew(claim, lease: lease) } catch is SweepError {
                        // A store that cannot be reached for a moment is tried again; a lost claim stays lost.
                        hasLost.store((try? store.isLost(claim)) ?? false, ordering: .relaxed)
                    } catch {}
                }
                isStopped.store((try? store.isStopped()) ?? false, ordering: .relaxed)
                usleep(250_000)
                rest -= 0.25
            }
        }
        thread.name = "heartbeat"
        thread.start()
    }

    /// Whether the claim was given to somebody else.
    var hasLostClaim: Bool { hasLost.load(ordering: .relaxed) }

    /// Whether all workers are asked to stop.
    var isAskedToStop: Bool { isStopped.load(ordering: .relaxed) }

    /// Ends the thread, soon.
    func stop() { isOver.store(true, ordering: .relaxed) }
}

extension SweepStore {
    /// Whether a claim is no longer valid.
    func isLost(_ claim: Claim) throws -> Bool {
        do {
            try renew(claim, lease: 60)
            return false
        } catch let error as SweepError {
            guard error == .leaseLost(trial: claim.trial) else { throw error }
            return true
        }
    }
}
