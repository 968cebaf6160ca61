/// The parameters of a space as numbers that distances can be taken between: a coordinate for each number, and for
/// each choice a feature for each value, which is 1 for the chosen one.
struct SpaceFeatures {
    private let parameters: [Parameter]
    /// For each feature, which parameter it is of, counted among those that vary.
    let groups: [Int]

    init(_ space: SearchSpace) {
        // What cannot vary tells nothing.
        parameters = space.parameters.filter { $0.valueCount != 1 }
        groups = parameters.enumerated().flatMap { group, parameter in
            Array(repeating: group, count: Self.width(parameter))
        }
    }

    private static func width(_ parameter: Parameter) -> Int {
        if case .categorical(let values, _) = parameter.domain { values.count } else { 1 }
    }

    /// The features of an assignment. A parameter that is not there is in the middle of everything.
    func callAsFunction(_ assignment: Assignment) -> [Double] {
        parameters.flatMap { parameter -> [Double] in
            let number = assignment[parameter.path]
            switch parameter.domain {
            case .numeric(let distribution): return [number.map(distribution.coordinate(of:)) ?? 0.5]
            case .categorical(let values, _):
                // Two choices are as far apart as the ends of a number's range.
                return values.indices.map { number == Double($0) ? 0.5.squareRoot() : 0 }
            }
        }
    }
}
