/// An array of bytes in the format of the MNIST database: two zero bytes, 8 for the type, the number of
/// dimensions, each dimension in 32 bits, most significant byte first, then the data.
///
/// LeCun, Cortes and Burges, "The MNIST database of handwritten digits".
struct IDXFile {
    /// The most bytes that are read: seventeen times what Fashion-MNIST has, and small files can claim more.
    static let byteLimit = 1 << 30

    let dimensions: [Int]
    let bytes: [UInt8]

    /// Reads a file, compressed or not.
    /// - Parameter rank: the number of dimensions that it must have.
    init(_ path: String, rank: Int) throws(DatasetError) {
        let file = try GzipFile(path)
        let header = try file.read(4 + 4 * rank, of: "an IDX header")
        guard header[0...3].elementsEqual([0, 0, 8, UInt8(rank)]) else {
            throw .format(
                file: path,
                expected: "an IDX file of bytes in \(rank) dimensions (it begins with 0 0 8 \(rank))",
                found: header[0...3].map(String.init).joined(separator: " "))
        }
        dimensions = (0..<rank).map { dimension in
            header[(4 + 4 * dimension)..<(8 + 4 * dimension)].reduce(0) { $0 << 8 | Int($1) }
        }
        var count = 1
        for dimension in dimensions {
            let (product, overflow) = count.multipliedReportingOverflow(by: dimension)
            guard !overflow, product <= Self.byteLimit else {
                throw .format(
                    file: path, expected: "at most \(Self.byteLimit) bytes", found: "dimensions \(dimensions)"
                )
            }
            count = product
        }
        bytes = try file.read(count, of: "data")
        try file.finish()
    }
}
