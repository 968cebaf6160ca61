import Foundation
import Wording

/// A socket that waits for connections, bound to one address of this machine.
final class Listener: Sendable {
    /// The system's number for the socket.
    let descriptor: CInt
    /// The port; the one that the system chose, where 0 was asked for.
    let port: Int
    /// The address, to be shown: `127.0.0.1:8484`, `[::1]:8484`.
    let address: String

    /// Binds an address.
    /// - Throws: ``StudioError``
    init(_ host: HostAddress, port: Int) throws(StudioError) {
        address = "\(host.bracketed):\(port)"
        let descriptor = socket(
            host.isIPv6 ? AF_INET6 : AF_INET,
            CInt(SOCK_STREAM.rawValue) | CInt(SOCK_NONBLOCK.rawValue) | CInt(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else {
            throw .notServing(address: address, reason: systemReason())
        }
        // A studio that was just ended must not keep the next from its port.
        var on: CInt = 1
        setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &on, socklen_t(MemoryLayout<CInt>.size))
        guard host.bind(descriptor, port: port), listen(descriptor, 128) == 0,
            let bound = HostAddress.port(of: descriptor)
        else {
            let code = errno
            close(descriptor)
            throw code == EADDRINUSE
                ? .portInUse(address: "\(host.bracketed):\(port)", port: port)
                : .notServing(address: "\(host.bracketed):\(port)", reason: String(cString: strerror(code)))
        }
        (self.descriptor, self.port) = (descriptor, bound)
    }

    /// Takes no more connections.
    func stop() { shutdown(descriptor, CInt(SHUT_RDWR)) }

    deinit { close(descriptor) }
}
