/// A command of the program, one file each.
protocol Subcommand: SendableMetatype {
    /// What it takes and does.
    static var specification: CommandSpecification { get }
    /// Does it.
    static func run(_ arguments: Arguments) throws
}
