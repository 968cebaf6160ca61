import COneDNN

/// What the last bits of results depend on beside the inputs: the library, what it uses of the processor, and
/// how work is divided.
public enum ComputeIdentity {
    /// It all in a line: `oneDNN 2.7.3, instruction set 511, 2 threads`.
    public static var current: String {
        let version = dnnl_version().pointee
        return "oneDNN \(version.major).\(version.minor).\(version.patch), "
            + "instruction set \(dnnl_get_effective_cpu_isa().rawValue), \(ComputeThreads.current) threads"
    }
}
