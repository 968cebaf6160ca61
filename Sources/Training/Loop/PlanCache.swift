import Layers
import Tensors

/// Plans by batch size and use, made when first needed, with one workspace for all.
final class PlanCache {
    private struct Key: Hashable {
        var batchSize: Int
        var mode: ExecutionPlan.Mode
    }

    private let network: Network
    private let workspace = Workspace()
    private var plans: [Key: ExecutionPlan] = [:]

    init(network: Network) { self.network = network }

    func plan(batchSize: Int, mode: ExecutionPlan.Mode) throws -> ExecutionPlan {
        let key = Key(batchSize: batchSize, mode: mode)
        if let plan = plans[key] { return plan }
        let plan = try ExecutionPlan(network, batchSize: batchSize, mode: mode, workspace: workspace)
        plans[key] = plan
        return plan
    }

    /// Lets go of the plans that a stage of training no longer needs.
    func removeTrainingPlans() { plans = plans.filter { !$0.key.mode.isTraining } }
}
