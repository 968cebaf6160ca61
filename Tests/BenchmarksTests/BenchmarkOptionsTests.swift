import Testing

@testable import Benchmarks

@Suite struct BenchmarkOptionsTests {
    @Test func `Lists and numbers are read`() throws {
        let options = try BenchmarkOptions([
            "--networks", "mobilenet,vgg16", "--rows", "head", "--peers", "none", "--rounds", "7",
            "--threads", "3",
        ])
        #expect(options.networks == [.mobilenet, .vgg16])
        #expect(options.rows == [.head])
        #expect(options.peers.isEmpty)
        #expect(options.rounds == 7)
        #expect(options.threads == 3)
        #expect(options.steps == BenchmarkOptions().steps)
    }

    @Test(arguments: [
        (["--row", "head"], "did you mean --rows"),
        (
            ["--networks", "vgg19"],
            "option --networks: expected one of vgg16, resnet50, mobilenet, found 'vgg19'"
        ),
        (["--rounds", "0"], "expected a whole number from 1 on, found '0'"),
        (["--steps"], "option --steps needs a value"),
    ])
    func `A wrong argument is an error that says what would be right`(arguments: [String], part: String) {
        let error = #expect(throws: BenchmarkError.self) { try BenchmarkOptions(arguments) }
        #expect(error?.description.contains(part) == true)
    }

    @Test func `A job survives its way to a worker`() throws {
        var job = Job(.resnet50, .training, BenchmarkOptions())
        job.weights = "/tmp/weights.h5"
        #expect(try Job(arguments: job.arguments) == job)
        #expect(try Job(arguments: Job(.vgg16, .importing, BenchmarkOptions()).arguments).row == .importing)
    }
}
