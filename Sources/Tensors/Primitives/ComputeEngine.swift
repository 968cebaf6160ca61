import COneDNN

/// The processor, as oneDNN sees it. One for the program: it has no state.
enum ComputeEngine {
    nonisolated(unsafe) static let shared: dnnl_engine_t = {
        var engine: dnnl_engine_t?
        guard dnnl_engine_create(&engine, dnnl_cpu, 0) == dnnl_success, let engine else {
            // Every later call would need it, and there is nothing a user could change.
            fatalError("oneDNN finds no processor to run on")
        }
        return engine
    }()
}

/// How many threads the numeric libraries use.
///
/// oneDNN and (in its OpenMP build) OpenBLAS draw from one OpenMP pool, so that they cannot fight over the
/// cores. The number belongs to the calling thread, as OpenMP has it.
public enum ComputeThreads {
    /// Sets the number of threads for what the calling thread runs from now on.
    public static func set(_ count: Int) { _ = graft_set_openmp_threads(Int32(max(1, count))) }

    /// The number of threads that the calling thread would use.
    public static var current: Int { Int(graft_openmp_threads()) }
}
