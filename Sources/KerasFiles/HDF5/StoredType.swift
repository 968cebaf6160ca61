import CHDF5

/// The kind of number that a file holds; whatever it is, Float32 is read from it.
public enum StoredType: String, Sendable, Hashable, CaseIterable, Codable {
    /// IEEE floating point of 2, 4 and 8 bytes.
    case float16, float32, float64
    /// Whole numbers with a sign.
    case int8, int16, int32, int64
    /// Whole numbers without a sign.
    case uint8, uint16, uint32, uint64

    /// How many bytes one number takes.
    public var byteCount: Int {
        switch self {
        case .int8, .uint8: 1
        case .float16, .int16, .uint16: 2
        case .float32, .int32, .uint32: 4
        case .float64, .int64, .uint64: 8
        }
    }

    /// The type of a dataset; nil if it is no number that the library can convert.
    init?(_ type: HDF5Handle) {
        let bits = 8 * H5Tget_size(type.id)
        let kind: String
        switch H5Tget_class(type.id) {
        case H5T_FLOAT: kind = "float"
        case H5T_INTEGER: kind = H5Tget_sign(type.id) == H5T_SGN_NONE ? "uint" : "int"
        default: return nil
        }
        self.init(rawValue: "\(kind)\(bits)")
    }

    /// What else a dataset may hold, in words.
    static func description(of type: HDF5Handle) -> String {
        let size = H5Tget_size(type.id)
        return switch H5Tget_class(type.id) {
        case H5T_FLOAT, H5T_INTEGER: "numbers of \(size) bytes"
        case H5T_STRING: "text"
        case H5T_OPAQUE where size == 2: "opaque data of 2 bytes (bfloat16?)"
        case H5T_OPAQUE: "opaque data"
        case H5T_COMPOUND: "records"
        case H5T_ENUM: "enumerated values"
        case H5T_REFERENCE: "references"
        case H5T_VLEN: "lists of varying length"
        default: "data of an unknown kind"
        }
    }
}
