import CLibYAML

/// A step of libyaml through a document.
struct YAMLEvent: Equatable {
    /// What was met.
    enum Kind: Equatable {
        case documentStart
        case alias(String)
        case scalar(YAMLScalar)
        case sequenceStart
        case sequenceEnd
        case mappingStart
        case mappingEnd
    }

    /// What was met.
    var kind: Kind
    /// The name that aliases will use for it.
    var anchor: String?
    /// Its explicit tag.
    var tag: String?
    /// Where it begins, counted from 1.
    var line: Int
    /// Where it begins in its line, in characters, counted from 1.
    var column: Int
}

/// What libyaml could not read, and where.
struct YAMLSyntaxError: Error {
    var reason: String
    var line: Int
    var column: Int
}

extension YAMLEvent {
    /// All events of a text.
    static func events(of text: [UInt8]) throws(YAMLSyntaxError) -> [YAMLEvent] {
        let parser = UnsafeMutablePointer<yaml_parser_t>.allocate(capacity: 1)
        defer { parser.deallocate() }
        guard yaml_parser_initialize(parser) != 0 else {
            throw YAMLSyntaxError(reason: "there is no memory to read it", line: 1, column: 1)
        }
        defer { yaml_parser_delete(parser) }
        let result: Result<[YAMLEvent], YAMLSyntaxError> = text.withUnsafeBufferPointer { bytes in
            // An empty array may have no address, which libyaml takes for a programmer's error.
            yaml_parser_set_input_string(parser, bytes.baseAddress ?? noBytes.utf8Start, bytes.count)
            return Result { () throws(YAMLSyntaxError) in try allEvents(parser, text) }
        }
        return try result.get()
    }

    private static func allEvents(
        _ parser: UnsafeMutablePointer<yaml_parser_t>, _ text: [UInt8]
    ) throws(YAMLSyntaxError) -> [YAMLEvent] {
        var events: [YAMLEvent] = []
        while true {
            var raw = yaml_event_t()
            guard yaml_parser_parse(parser, &raw) != 0 else { throw YAMLSyntaxError(parser.pointee, text) }
            defer { yaml_event_delete(&raw) }
            if raw.type == YAML_STREAM_END_EVENT { return events }
            if let event = YAMLEvent(raw) { events.append(event) }
        }
    }

    /// The event in Swift's terms; nil for those that mean nothing to us.
    private init?(_ event: yaml_event_t) {
        (line, column) = (Int(event.start_mark.line) + 1, Int(event.start_mark.column) + 1)
        switch event.type {
        case YAML_DOCUMENT_START_EVENT: kind = .documentStart
        case YAML_ALIAS_EVENT: kind = .alias(string(event.data.alias.anchor) ?? "")
        case YAML_SEQUENCE_END_EVENT: kind = .sequenceEnd
        case YAML_MAPPING_END_EVENT: kind = .mappingEnd
        case YAML_SEQUENCE_START_EVENT:
            kind = .sequenceStart
            anchor = string(event.data.sequence_start.anchor)
            tag = string(event.data.sequence_start.tag)
        case YAML_MAPPING_START_EVENT:
            kind = .mappingStart
            anchor = string(event.data.mapping_start.anchor)
            tag = string(event.data.mapping_start.tag)
        case YAML_SCALAR_EVENT:
            let scalar = event.data.scalar
            let bytes = UnsafeBufferPointer(start: scalar.value, count: scalar.length)
            kind = .scalar(
                YAMLScalar(
                    text: String(decoding: bytes, as: UTF8.self),
                    isQuoted: scalar.style != YAML_PLAIN_SCALAR_STYLE))
            anchor = string(scalar.anchor)
            tag = string(scalar.tag)
        default: return nil
        }
    }
}

extension YAMLSyntaxError {
    /// The parser's error as a sentence.
    fileprivate init(_ parser: yaml_parser_t, _ text: [UInt8]) {
        let problem = parser.problem.map { String(cString: $0) } ?? "it cannot be read"
        guard parser.error != YAML_READER_ERROR else {
            // The reader counts bytes only.
            let before = text.prefix(Int(parser.problem_offset))
            let line = before.split(separator: 0x0A, omittingEmptySubsequences: false)
            self.init(reason: problem, line: line.count, column: (line.last?.count ?? 0) + 1)
            return
        }
        var reason = problem
        if let context = parser.context {
            reason += " " + String(cString: context)
            if parser.context_mark.line != parser.problem_mark.line {
                reason += " that begins in line \(parser.context_mark.line + 1)"
            }
        }
        self.init(
            reason: reason, line: Int(parser.problem_mark.line) + 1,
            column: Int(parser.problem_mark.column) + 1)
    }
}

private let noBytes: StaticString = ""

private func string(_ characters: UnsafeMutablePointer<yaml_char_t>?) -> String? {
    characters.map { String(cString: $0) }
}
