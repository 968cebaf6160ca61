import Foundation

extension ComputeThreads {
    /// Lets threads that wait for one another sleep soon, so that a machine that does other work as well does
    /// not come to a crawl. Call it first in a program's `main`.
    ///
    /// GNU's OpenMP, which oneDNN runs on, lets a waiting thread spin for milliseconds, in which the thread
    /// that it waits for may find no core to run on. It reads how long when it is loaded, before `main`: the
    /// program is loaded anew with that in its environment, once, and unless the environment says already.
    public static func waitBriefly() {
        let environment = ProcessInfo.processInfo.environment
        guard environment["GOMP_SPINCOUNT"] == nil, environment["OMP_WAIT_POLICY"] == nil else { return }
        // A few dozen microseconds: longer than the gap between two operations of a network.
        setenv("GOMP_SPINCOUNT", "5000", 1)
        var path = [CChar](repeating: 0, count: 4096)
        guard readlink("/proc/self/exe", &path, path.count - 1) > 0 else { return }
        execv(path, CommandLine.unsafeArgv)
    }
}
