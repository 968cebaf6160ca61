import Foundation

/// An address of this machine, as numbers.
struct HostAddress: Sendable, Equatable {
    /// The address without brackets: `127.0.0.1`, `::1`.
    let text: String
    /// Whether it is of IP version 6.
    let isIPv6: Bool
    /// Its bytes, the greatest first.
    private let bytes: [UInt8]

    /// Reads an address; `localhost` stands for `127.0.0.1`.
    /// - Throws: ``StudioError/noAddress(_:)``
    init(_ text: String) throws(StudioError) {
        let plain = text == "localhost" ? "127.0.0.1" : text.trimmingCharacters(in: ["[", "]"])
        for (family, count) in [(AF_INET, 4), (AF_INET6, 16)] {
            var bytes = [UInt8](repeating: 0, count: count)
            if inet_pton(family, plain, &bytes) == 1 {
                (self.text, isIPv6, self.bytes) = (plain, family == AF_INET6, bytes)
                return
            }
        }
        throw .noAddress(text)
    }

    /// Whether only this machine reaches it.
    var isLoopback: Bool {
        isIPv6 ? bytes == [UInt8](repeating: 0, count: 15) + [1] : bytes[0] == 127
    }

    /// Whether it stands for all addresses of the machine.
    var isWildcard: Bool { bytes.allSatisfy { $0 == 0 } }

    /// The address as it stands before a port.
    var bracketed: String { isIPv6 ? "[\(text)]" : text }

    /// Binds a socket to the address.
    func bind(_ descriptor: CInt, port: Int) -> Bool {
        if isIPv6 {
            var address = sockaddr_in6()
            address.sin6_family = sa_family_t(AF_INET6)
            address.sin6_port = in_port_t(port).bigEndian
            withUnsafeMutableBytes(of: &address.sin6_addr) { $0.copyBytes(from: bytes) }
            return Self.bind(descriptor, &address)
        }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        withUnsafeMutableBytes(of: &address.sin_addr) { $0.copyBytes(from: bytes) }
        return Self.bind(descriptor, &address)
    }

    private static func bind<Address>(_ descriptor: CInt, _ address: inout Address) -> Bool {
        let size = socklen_t(MemoryLayout<Address>.size)
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Foundation.bind(descriptor, $0, size) == 0
            }
        }
    }

    /// The port that a socket is bound to.
    static func port(of descriptor: CInt) -> Int? {
        var address = sockaddr_in6()
        var size = socklen_t(MemoryLayout<sockaddr_in6>.size)
        let status = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &size) }
        }
        // The port lies at the same place in both kinds of address.
        return status == 0 ? Int(in_port_t(bigEndian: address.sin6_port)) : nil
    }
}
