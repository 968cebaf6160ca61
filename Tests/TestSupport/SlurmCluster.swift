import Foundation

/// A Slurm cluster of the tests' own: two nodes of one CPU each on this machine, in a temporary folder, which ends with
/// the process that began it. Jobs in the partition `high` preempt those in `low`, which are queued again.
public final class SlurmCluster: Sendable {
    /// Whether it can be begun: Debian's packages are there, and the tests run as root, as slurmd must.
    public static var isInstalled: Bool {
        getuid() == 0
            && ["/usr/sbin/slurmctld", "/usr/sbin/slurmd", "/usr/sbin/munged", "/usr/bin/sbatch"]
                .allSatisfy(FileManager.default.isExecutableFile)
    }

    /// The one that all tests share; it begins with the first that asks.
    public static let shared = Result { try SlurmCluster() }

    /// What its programs need to find it.
    public var environment: [String: String] { ["SLURM_CONF": "\(folder)/slurm.conf"] }

    private let folder: String
    private let process: Process
    private let lifeline: Pipe
    private let complaints = TestFolder.url.appending(path: "slurm.log")

    private init() throws {
        folder = "/tmp/graft-slurm-\(UUID().uuidString.prefix(8))"
        try FileManager.default.createDirectory(atPath: "\(folder)/state", withIntermediateDirectories: true)
        let port = try LocalServer.freePorts(3)
        try Data(Self.configuration(folder, port: port).utf8)
            .write(to: URL(filePath: "\(folder)/slurm.conf"))
        (process, lifeline) = (Process(), Pipe())
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments = ["-c", Self.script, "sh", folder]
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        process.standardInput = lifeline
        process.standardOutput = FileHandle.nullDevice
        try Data().write(to: complaints)
        process.standardError = try FileHandle(forWritingTo: complaints)
        try process.run()
    }

    /// Why there will never be a cluster; nil while there is hope.
    public var failure: String? {
        guard !process.isRunning else { return nil }
        return (try? String(contentsOf: complaints, encoding: .utf8)) ?? "it ended"
    }

    private static func configuration(_ folder: String, port: Int) -> String {
        let host = ProcessInfo.processInfo.hostName.prefix { $0 != "." }
        let nodes = ["one", "two"].enumerated().map { index, name in
            "NodeName=\(name) NodeHostname=\(host) NodeAddr=127.0.0.1 Port=\(port + 1 + index) CPUs=1 RealMemory=512"
        }
        return """
            ClusterName=test
            SlurmctldHost=\(host)(127.0.0.1)
            SlurmctldPort=\(port)
            AuthType=auth/munge
            AuthInfo=socket=\(folder)/munge.socket,cred_expire=5
            SlurmUser=root
            StateSaveLocation=\(folder)/state
            SlurmdSpoolDir=\(folder)/spool-%n
            SlurmctldPidFile=\(folder)/slurmctld.pid
            SlurmdPidFile=\(folder)/slurmd-%n.pid
            ProctrackType=proctrack/linuxproc
            TaskPlugin=task/none
            SelectType=select/cons_tres
            SelectTypeParameters=CR_CPU
            SchedulerParameters=sched_interval=1,sched_min_interval=0,bf_interval=1
            JobAcctGatherType=jobacct_gather/none
            AccountingStorageType=accounting_storage/none
            SwitchType=switch/none
            MpiDefault=none
            ReturnToService=2
            PreemptType=preempt/partition_prio
            PreemptMode=REQUEUE
            KillWait=20
            \(nodes.joined(separator: "\n"))
            PartitionName=low Nodes=one,two Default=YES PriorityTier=1 MaxTime=60
            PartitionName=high Nodes=one,two PriorityTier=10 PreemptMode=OFF

            """
    }

    /// Everything is ended when nobody holds the other end of the shell's input any longer, which also happens where
    /// the tests are killed.
    private static let script = """
        trap : INT HUP TERM
        trap 'cd /; rm -rf "$1"' EXIT
        cd "$1"
        head -c 64 /dev/urandom >munge.key
        chmod 400 munge.key
        munged --force --foreground --key-file="$1/munge.key" --socket="$1/munge.socket" \
        --pid-file="$1/munged.pid" --log-file="$1/munged.log" --seed-file="$1/munge.seed" >>log 2>&1 &
        daemons=$!
        while [ ! -S munge.socket ]; do
            kill -0 $daemons || { tail -n 5 log munged.log >&2; exit 1; }
            sleep 0.1
        done
        slurmctld -D -c >>log 2>&1 &
        daemons="$daemons $!"
        for node in one two; do
            slurmd -D -N $node >>log 2>&1 &
            daemons="$daemons $!"
        done
        read -r _
        scancel --user="$(id -u)" && sleep 2
        kill $daemons
        wait
        """
}
