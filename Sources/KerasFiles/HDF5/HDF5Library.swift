import CHDF5
import Foundation

/// The one way into the HDF5 library.
///
/// The library may be built without locks of its own, so that every call goes through one lock here. It
/// prints its errors by default; here they become ``KerasFileError``.
///
/// Sizes, links and types are checked before data is read, but the library's own decoder is not proof against
/// bytes forged in its metadata: that is what ``ReadingPlace/childProcess(_:)`` is for.
enum HDF5Library {
    /// Recursive, because a handle may close itself while a call is being made.
    private static let lock = NSRecursiveLock()

    private static let settings: Void = {
        // At the program's end the library would write what is left of a file again, and crash where the disk
        // was full before. Ours are complete before they are closed.
        _ = H5dont_atexit()
        // Filters that a file brings along as plug-ins would be foreign code.
        _ = H5PLset_loading_state(0)
    }()

    /// Runs `body` while nobody else is in the library.
    static func exclusively<Result>(_ body: () throws -> Result) rethrows -> Result {
        lock.lock()
        defer { lock.unlock() }
        _ = settings
        // Every time, because a library with locks keeps this setting for each thread.
        _ = H5Eset_auto2(graft_h5e_default(), nil, nil)
        return try body()
    }

    /// Makes a call that reports failure by a negative number.
    /// - Throws: ``KerasFileError/library(file:object:action:reason:)`` with the library's own words.
    @discardableResult
    static func check<Status: SignedInteger>(
        _ place: HDF5Place, _ action: String, _ call: () -> Status
    ) throws -> Status {
        try exclusively {
            let status = call()
            guard status < 0 else { return status }
            throw KerasFileError.library(
                file: place.file, object: place.object, action: action, reason: lastError())
        }
    }

    /// Makes a call that opens something, which is closed again when the handle goes.
    /// - Throws: ``KerasFileError/library(file:object:action:reason:)``
    static func open(_ place: HDF5Place, _ action: String, _ call: () -> hid_t) throws -> HDF5Handle {
        try exclusively { HDF5Handle(try check(place, action, call)) }
    }

    /// The innermost description on the library's stack of errors: the most exact one.
    private static func lastError() -> String {
        var text = ""
        withUnsafeMutablePointer(to: &text) { text in
            _ = H5Ewalk2(
                graft_h5e_default(), H5E_WALK_UPWARD,
                { depth, error, text in
                    guard depth == 0, let description = error?.pointee.desc else { return 0 }
                    text?.assumingMemoryBound(to: String.self).pointee = String(cString: description)
                    return 0
                }, text)
        }
        // Where the system refused something, its reason stands between quotes in a heap of numbers.
        if let system = text.firstRange(of: "error message = '") {
            return String(text[system.upperBound...].prefix { $0 != "'" })
        }
        return text.isEmpty ? "no reason given" : text
    }
}

/// Something open in the HDF5 library, closed when the last reference goes.
final class HDF5Handle: Sendable {
    let id: hid_t

    fileprivate init(_ id: hid_t) { self.id = id }

    deinit { HDF5Library.exclusively { _ = H5Idec_ref(id) } }
}

/// Where something is: a file, and a path in it as HDF5 writes it.
struct HDF5Place: Hashable, Sendable {
    let file: String
    let object: String

    init(file: String, object: String = "/") {
        self.file = file
        self.object = object
    }

    func child(_ name: String) -> HDF5Place {
        HDF5Place(file: file, object: object == "/" ? "/\(name)" : "\(object)/\(name)")
    }
}
