import CLibYAML

extension YAMLNode {
    /// The value as a YAML document.
    /// - Parameter flow: whether lists and mappings stand in one line, `{dropout: 0.3}`; else only lists of scalars.
    package func yaml(flow: Bool = false) throws(ConfigurationError) -> String {
        let emitter = UnsafeMutablePointer<yaml_emitter_t>.allocate(capacity: 1)
        defer { emitter.deallocate() }
        guard yaml_emitter_initialize(emitter) != 0 else { throw .emission("there is no memory for it") }
        defer { yaml_emitter_delete(emitter) }
        let output = Output()
        return try withExtendedLifetime(output) { () throws(ConfigurationError) in
            yaml_emitter_set_output(emitter, append, Unmanaged.passUnretained(output).toOpaque())
            yaml_emitter_set_unicode(emitter, 1)
            yaml_emitter_set_width(emitter, -1)
            for event in documentEvents(flow) {
                guard event.emit(emitter) else {
                    throw .emission(
                        emitter.pointee.problem.map { String(cString: $0) } ?? "it cannot be written")
                }
            }
            return String(decoding: output.bytes, as: UTF8.self)
        }
    }

    private func documentEvents(_ flow: Bool) -> [Event] {
        [.streamStart, .documentStart] + events(flow) + [.documentEnd, .streamEnd]
    }

    private func events(_ flow: Bool) -> [Event] {
        switch content {
        case .scalar(let scalar): [.scalar(scalar)]
        case .sequence(let elements):
            // A list of plain values reads best in one line.
            [.sequenceStart(flow: flow || elements.allSatisfy { $0.scalar != nil })]
                + elements.flatMap { $0.events(flow) } + [.sequenceEnd]
        case .mapping(let entries):
            [.mappingStart(flow: flow || entries.isEmpty)]
                + entries.flatMap { [.scalar(.text($0.key))] + $0.value.events(flow) } + [.mappingEnd]
        }
    }
}

/// What libyaml writes to.
private final class Output {
    var bytes: [UInt8] = []
}

private func append(
    _ output: UnsafeMutableRawPointer?, _ buffer: UnsafeMutablePointer<UInt8>?, _ count: Int
) -> CInt {
    guard let output, let buffer else { return 0 }
    Unmanaged<Output>.fromOpaque(output).takeUnretainedValue().bytes
        .append(contentsOf: UnsafeBufferPointer(start: buffer, count: count))
    return 1
}

/// A step of writing a document.
private enum Event {
    case streamStart, streamEnd, documentStart, documentEnd
    case scalar(YAMLScalar)
    case sequenceStart(flow: Bool)
    case sequenceEnd
    case mappingStart(flow: Bool)
    case mappingEnd

    /// Whether libyaml took the step; it frees the event itself.
    func emit(_ emitter: UnsafeMutablePointer<yaml_emitter_t>) -> Bool {
        var event = yaml_event_t()
        let isMade =
            switch self {
            case .streamStart: yaml_stream_start_event_initialize(&event, YAML_UTF8_ENCODING)
            case .streamEnd: yaml_stream_end_event_initialize(&event)
            case .documentStart: yaml_document_start_event_initialize(&event, nil, nil, nil, 1)
            case .documentEnd: yaml_document_end_event_initialize(&event, 1)
            case .scalar(let scalar): make(&event, scalar)
            case .sequenceStart(let flow):
                yaml_sequence_start_event_initialize(
                    &event, nil, nil, 1, flow ? YAML_FLOW_SEQUENCE_STYLE : YAML_BLOCK_SEQUENCE_STYLE)
            case .sequenceEnd: yaml_sequence_end_event_initialize(&event)
            case .mappingStart(let flow):
                yaml_mapping_start_event_initialize(
                    &event, nil, nil, 1, flow ? YAML_FLOW_MAPPING_STYLE : YAML_BLOCK_MAPPING_STYLE)
            case .mappingEnd: yaml_mapping_end_event_initialize(&event)
            }
        return isMade != 0 && yaml_emitter_emit(emitter, &event) != 0
    }

    private func make(_ event: inout yaml_event_t, _ scalar: YAMLScalar) -> CInt {
        let style = scalar.isQuoted ? YAML_DOUBLE_QUOTED_SCALAR_STYLE : YAML_PLAIN_SCALAR_STYLE
        var text = scalar.text
        return text.withUTF8 { bytes in
            yaml_scalar_event_initialize(
                &event, nil, nil, bytes.baseAddress ?? noBytes.utf8Start, CInt(bytes.count), 1, 1, style)
        }
    }
}

private let noBytes: StaticString = ""
