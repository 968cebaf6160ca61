import COneDNN
import COpenBLAS

/// The libraries that compute, for the record.
public enum ComputeLibraries {
    /// Their versions, by name.
    public static var versions: [String: String] {
        let version = dnnl_version().pointee
        var versions = ["oneDNN": "\(version.major).\(version.minor).\(version.patch)"]
        // "OpenBLAS 0.3.21 NO_LAPACKE DYNAMIC_ARCH …"
        let words = openblas_get_config().map { String(cString: $0).split(separator: " ") } ?? []
        if words.count > 1 { versions["OpenBLAS"] = String(words[1]) }
        return versions
    }

    /// The newest instructions of the processor that oneDNN uses: `avx2`, `avx512_core_vnni`. Its results
    /// depend on them in the last bits.
    public static var instructionSet: String {
        switch dnnl_get_effective_cpu_isa() {
        case dnnl_cpu_isa_sse41: "sse41"
        case dnnl_cpu_isa_avx: "avx"
        case dnnl_cpu_isa_avx2: "avx2"
        case dnnl_cpu_isa_avx2_vnni: "avx2_vnni"
        case dnnl_cpu_isa_avx512_mic: "avx512_mic"
        case dnnl_cpu_isa_avx512_mic_4ops: "avx512_mic_4ops"
        case dnnl_cpu_isa_avx512_core: "avx512_core"
        case dnnl_cpu_isa_avx512_core_vnni: "avx512_core_vnni"
        case dnnl_cpu_isa_avx512_core_bf16: "avx512_core_bf16"
        case dnnl_cpu_isa_avx512_core_amx: "avx512_core_amx"
        default: "oneDNN's number \(dnnl_get_effective_cpu_isa().rawValue)"
        }
    }
}
