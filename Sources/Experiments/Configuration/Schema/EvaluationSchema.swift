extension EvaluationConfiguration: SectionReadable {
    init(reading section: inout Section) {
        self.init(temperatureScaling: section.optional("temperature_scaling", as: .flag, default: false))
    }

    var node: YAMLNode { .section(["temperature_scaling": .plain(temperatureScaling)]) }
}
