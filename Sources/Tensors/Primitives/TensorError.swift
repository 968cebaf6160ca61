import COneDNN

/// What can go wrong in the compute library.
public enum TensorError: Error, Equatable, CustomStringConvertible {
    /// The library refused a call.
    case library(call: String, reason: String)
    /// There is no memory for a buffer of that many bytes.
    case outOfMemory(bytes: Int)

    /// The error as a sentence.
    public var description: String {
        switch self {
        case .library(let call, let reason): "the compute library (oneDNN) could not \(call): \(reason)"
        case .outOfMemory(let bytes): "no memory for a buffer of \(bytes) bytes; try a smaller batch size"
        }
    }
}

/// Turns a status of the library into an error that says what was tried.
func check(_ status: dnnl_status_t, _ call: @autoclosure () -> String) throws(TensorError) {
    guard status != dnnl_success else { return }
    let reason =
        switch status {
        case dnnl_out_of_memory: "out of memory"
        case dnnl_invalid_arguments: "invalid arguments"
        case dnnl_unimplemented: "not implemented for these shapes on this machine"
        default: "status \(status.rawValue)"
        }
    throw .library(call: call(), reason: reason)
}
