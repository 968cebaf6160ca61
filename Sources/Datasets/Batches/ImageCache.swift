import Synchronization
import Tensors

/// What is kept of pictures that were decoded and brought to the network's size, for the next epoch.
public enum CachePolicy: Sendable, Equatable {
    /// As many as fit into 1 GiB.
    case automatic
    /// As many as fit into a number of bytes.
    case limited(bytes: Int)
    /// None.
    case none

    var byteLimit: Int {
        switch self {
        case .automatic: 1 << 30
        case .limited(let bytes): bytes
        case .none: 0
        }
    }
}

/// Pictures by their sample's position, first come, first kept, up to a number of bytes.
final class ImageCache: Sendable {
    private struct State {
        var images: [Int: Image] = [:]
        var contents: [Int: ContentHash] = [:]
        var byteCount = 0
    }

    let byteLimit: Int
    private let state = Mutex(State())

    init(byteLimit: Int) { self.byteLimit = byteLimit }

    subscript(index: Int) -> Image? { state.withLock { $0.images[index] } }

    /// What identifies the contents of a sample, where it is known.
    func content(of index: Int) -> ContentHash? { state.withLock { $0.contents[index] } }

    func insert(_ content: ContentHash, of index: Int) { state.withLock { $0.contents[index] = content } }

    func insert(_ image: Image, at index: Int) {
        state.withLock { state in
            let byteCount = state.byteCount + image.pixels.count
            guard byteCount <= byteLimit, state.images[index] == nil else { return }
            state.images[index] = image
            state.byteCount = byteCount
        }
    }
}
