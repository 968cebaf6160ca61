import Training

extension Field<GradualUnfreezing> {
    /// A number of epochs, or a mapping with it and the number of groups that join at a time.
    static var unfreezing: Field {
        .section("a number of epochs, or {every: epochs, groups: how many join at a time}", orJust: "every") {
            GradualUnfreezing(
                every: $0.required("every", as: .whole(1...1_000_000)),
                groups: $0.optional("groups", as: .whole(1...1_000_000), default: 1))
        }
    }
}

extension GradualUnfreezing {
    var node: YAMLNode { .section(["every": .plain(every), "groups": .plain(groups)]) }
}

extension BatchNormalizationPolicy: SectionReadable {
    init(reading section: inout Section) {
        self.init(
            frozen: section.optional("frozen", as: .choice, default: .inference),
            unfrozen: section.optional("unfrozen", as: .choice, default: .train))
    }

    var node: YAMLNode {
        .section(["frozen": .text(frozen.rawValue), "unfrozen": .text(unfrozen.rawValue)])
    }
}
