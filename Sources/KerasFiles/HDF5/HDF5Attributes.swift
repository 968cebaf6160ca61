import CHDF5
import Foundation

/// A group or dataset: something that has attributes.
protocol HDF5Object: Sendable {
    var handle: HDF5Handle { get }
    var place: HDF5Place { get }
}

extension HDF5Object {
    /// Whether there is an attribute of the name.
    func hasAttribute(_ name: String) throws -> Bool {
        try HDF5Library.check(place, "look for attribute '\(name)' of") { H5Aexists(handle.id, name) } > 0
    }

    /// An attribute that is one string; nil if there is no such attribute.
    func string(_ name: String) throws -> String? {
        guard let strings = try strings(name) else { return nil }
        guard strings.count == 1 else {
            throw attributeError(name, expected: "one string", found: "\(strings.count)")
        }
        return strings[0]
    }

    /// An attribute that is a list of strings; nil if there is no such attribute.
    ///
    /// NumPy writes an empty list as one of numbers; it has no strings all the same.
    func strings(_ name: String) throws -> [String]? {
        guard try hasAttribute(name) else { return nil }
        return try HDF5Library.exclusively {
            let attribute = try HDF5Library.open(place, "open attribute '\(name)' of") {
                H5Aopen(handle.id, name, graft_h5p_default())
            }
            let space = try HDF5Library.open(place, "measure attribute '\(name)' of") {
                H5Aget_space(attribute.id)
            }
            let count = try HDF5Library.check(place, "measure attribute '\(name)' of") {
                H5Sget_simple_extent_npoints(space.id)
            }
            let type = try HDF5Library.open(place, "read attribute '\(name)' of") {
                H5Aget_type(attribute.id)
            }
            guard count > 0 else { return [] }
            guard H5Tget_class(type.id) == H5T_STRING else {
                throw attributeError(name, expected: "text", found: "numbers or other data")
            }
            let reader = AttributeReader(attribute: attribute, type: type, count: Int(count), place: place)
            return H5Tis_variable_str(type.id) > 0
                ? try reader.variableStrings(in: space) : try reader.fixedStrings()
        }
    }

    private func attributeError(_ name: String, expected: String, found: String) -> KerasFileError {
        .attribute(name, file: place.file, object: place.object, expected: expected, found: found)
    }
}

/// Reads the two ways in which HDF5 holds text.
private struct AttributeReader {
    let attribute: HDF5Handle
    let type: HDF5Handle
    let count: Int
    let place: HDF5Place

    /// Strings of one length each, ended by zeros or filled up with zeros or spaces.
    func fixedStrings() throws -> [String] {
        let length = H5Tget_size(type.id)
        let (size, overflow) = length.multipliedReportingOverflow(by: count)
        guard !overflow, length > 0, size <= H5Aget_storage_size(attribute.id) else {
            throw KerasFileError.damaged(
                file: place.file, reason: "an attribute of \(place.object) is larger than its storage")
        }
        var bytes = [UInt8](repeating: 0, count: size)
        try HDF5Library.check(place, "read an attribute of") { H5Aread(attribute.id, type.id, &bytes) }
        let spacePadded = H5Tget_strpad(type.id) == H5T_STR_SPACEPAD
        return stride(from: 0, to: size, by: length).map { start in
            var text = bytes[start..<start + length].prefix { $0 != 0 }
            while spacePadded, text.last == UInt8(ascii: " ") { text.removeLast() }
            return String(decoding: text, as: UTF8.self)
        }
    }

    /// Strings that stand elsewhere in the file; the library allocates them and takes them back.
    func variableStrings(in space: HDF5Handle) throws -> [String] {
        guard count <= H5Aget_storage_size(attribute.id) / 8 else {
            throw KerasFileError.damaged(
                file: place.file, reason: "an attribute of \(place.object) is larger than its storage")
        }
        var pointers = [UnsafeMutablePointer<CChar>?](repeating: nil, count: count)
        try HDF5Library.check(place, "read an attribute of") { H5Aread(attribute.id, type.id, &pointers) }
        defer { _ = H5Dvlen_reclaim(type.id, space.id, graft_h5p_default(), &pointers) }
        return pointers.map { $0.map { String(cString: $0) } ?? "" }
    }
}
