/// What a trial sets each parameter to: the number, or the index among the values, by the parameter's path.
/// Parameters whose condition is not met are not there.
public typealias Assignment = [String: Double]

/// The parameters of a sweep, those that others depend on before them.
public struct SearchSpace: Sendable, Equatable {
    /// The parameters in the configuration's order.
    public let parameters: [Parameter]

    /// A space; a parameter's condition must speak of one before it.
    public init(_ parameters: [Parameter]) { self.parameters = parameters }

    /// The parameter at a path.
    public subscript(path: String) -> Parameter? { parameters.first { $0.path == path } }

    /// The assignment at a point of the unit cube that has a coordinate for each parameter, in their order.
    func assignment(at point: [Double]) -> Assignment {
        active(zip(parameters, point).map { $0.number(at: $1) })
    }

    /// An assignment without the parameters whose condition is not met.
    /// - Parameter numbers: one for each parameter, in their order.
    func active(_ numbers: [Double]) -> Assignment {
        var result: Assignment = [:]
        for (parameter, number) in zip(parameters, numbers) where isActive(parameter, in: result) {
            result[parameter.path] = number
        }
        return result
    }

    /// Whether a parameter is there, given those before it.
    func isActive(_ parameter: Parameter, in assignment: Assignment) -> Bool {
        guard let condition = parameter.condition else { return true }
        return assignment[condition.path].map(condition.numbers.contains) ?? false
    }

    /// How many different trials there are; nil where they cannot be counted.
    public var trialCount: Int? { GridSampler.count(self) }
}
