import Testing

@testable import Benchmarks

@Suite struct ResultsTests {
    private static func results() -> Results {
        let job = Job(.mobilenet, .inference1, BenchmarkOptions())
        var results = Results([.graft, .peer(.pytorch)])
        func append(
            _ program: String, _ contestant: Contestant, _ round: Int, _ seconds: [Double], _ peak: Int
        ) {
            let measurement = Measurement(
                program: program, seconds: seconds, cpuSeconds: seconds.map { $0 * 2 }, peakBytes: peak)
            results.append(measurement, of: job, by: contestant, round: round)
        }
        append("Graft", .graft, 1, [0.010, 0.900], 100_000_000)
        append("PyTorch 2", .peer(.pytorch), 1, [0.030], 300_000_000)
        append("Graft", .graft, 2, [0.020], 100_000_000)
        return results
    }

    @Test func `The table has the medians of all steps and their ratios`() {
        let table = Self.results().markdown("A machine")
        #expect(table.contains("| MobileNet | inference, batch 1 | 20.0 | 30.0 | 1.50 |"))
        #expect(table.contains("| MobileNet | inference, batch 1 | 40.0 | 60.0 | 1.50 |"))
        #expect(table.contains("| MobileNet | inference, batch 1 | 100 | 300 | 3.00 |"))
        #expect(table.hasPrefix("A machine\nGraft, PyTorch 2\n"))
    }

    @Test func `Every step is a line of the file`() {
        let lines = Self.results().csv.split(separator: "\n")
        #expect(lines.count == 5)
        #expect(lines[0] == "network,row,batch,threads,program,round,step,seconds,cpu_seconds,peak_bytes")
        #expect(lines[2].hasPrefix("mobilenet,inference-1,1,"))
        #expect(lines[2].hasSuffix(",Graft,1,2,0.9,1.8,100000000"))
    }

    @Test func `The median of an even number is the mean of the middle two`() {
        #expect([4.0, 1, 3, 2].median == 2.5)
        #expect([3.0, 1, 2].median == 2)
    }
}
