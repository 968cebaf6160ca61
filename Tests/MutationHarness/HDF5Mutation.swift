import Tensors

/// A way to damage an HDF5 file.
enum HDF5Mutation: CaseIterable {
    case truncate, extend, flipBits, oddByte
    case oddNumber, oddMessage, oddMessageType
    case swapAddresses, redirectAddress, cyclicGroup, lostAddress
    case brokenText, externalLink, otherType, copiedBlock, zeroBlock

    /// Numbers that sizes and counts are not expected to be.
    private static let oddities: [UInt64] = [
        0, 1, 2, 3, 7, 0x7F, 0x80, 0xFF, 0x7FFF, 0xFFFF, 0x10000, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFFF,
        0x1_0000_0000, 1 << 40, 1 << 62, UInt64(Int64.max), 1 << 63, .max - 7, .max,
    ]

    func apply(to bytes: inout [UInt8], _ map: HDF5Map, _ random: inout SeededRandom) {
        guard bytes.count > 64 else { return }
        switch self {
        case .truncate: bytes.removeLast(random.index(below: bytes.count))
        case .extend:
            bytes += (0...random.index(below: 512)).map { _ in UInt8.random(in: 0...255, using: &random) }
        case .flipBits:
            let start = place(map, bytes, &random)
            for _ in 0...random.index(below: 4) {
                let position = min(bytes.count - 1, start + random.index(below: 32))
                bytes[position] ^= 1 << UInt8(random.index(below: 8))
            }
        case .oddByte: bytes[place(map, bytes, &random)] = UInt8.random(in: 0...255, using: &random)
        case .oddNumber:
            let size = [1, 2, 4, 8][random.index(below: 4)]
            bytes.set(Self.oddity(&random), at: place(map, bytes, &random) / size * size, size: size)
        case .oddMessage:
            guard let message = map.messages.pick(&random) else { return }
            let size = [1, 2, 4, 8][random.index(below: 4)]
            let offset = message.offset + random.index(below: max(1, message.size))
            bytes.set(Self.oddity(&random), at: offset, size: size)
        case .oddMessageType:
            guard let message = map.messages.pick(&random) else { return }
            bytes.set(UInt64(random.index(below: 0x1A)), at: message.offset - 8, size: 2)
        case .swapAddresses:
            guard let first = map.addresses.pick(&random), let second = map.addresses.pick(&random) else {
                return
            }
            let value = bytes.number(at: first, size: 8)
            bytes.set(bytes.number(at: second, size: 8), at: first, size: 8)
            bytes.set(value, at: second, size: 8)
        case .redirectAddress, .lostAddress:
            guard let address = map.addresses.pick(&random), let target = map.structures.pick(&random) else {
                return
            }
            let value = self == .redirectAddress ? UInt64(target) : Self.oddity(&random)
            bytes.set(value, at: address, size: 8)
        case .cyclicGroup:
            guard let (node, entry) = entry(map, &random), let other = map.structures.pick(&random) else {
                return
            }
            bytes.set(UInt64(other), at: node + 8 + 40 * entry + 8, size: 8)
        case .externalLink:
            guard let (node, entry) = entry(map, &random) else { return }
            bytes.set(UInt64(random.index(below: 4)), at: node + 8 + 40 * entry + 16, size: 4)
        case .brokenText:
            let letters = bytes.indices.filter { (0x61...0x7A).contains(bytes[$0]) }
            guard let position = letters.pick(&random) else { return }
            bytes[position] = [0, 0x80, 0xC3, 0xFF, 0x2F, 0x2E, 0x22][random.index(below: 7)]
        case .otherType:
            guard let message = map.messages.filter({ $0.type == 3 }).pick(&random) else { return }
            bytes.set(UInt64(random.index(below: 64)), at: message.offset + random.index(below: 8), size: 1)
        case .copiedBlock, .zeroBlock:
            let (from, to) = (place(map, bytes, &random), place(map, bytes, &random))
            for index in 0...random.index(below: 64)
            where from + index < bytes.count && to + index < bytes.count {
                bytes[to + index] = self == .zeroBlock ? 0 : bytes[from + index]
            }
        }
    }

    /// A member of a group: the symbol node and the number of the entry.
    private func entry(_ map: HDF5Map, _ random: inout SeededRandom) -> (node: Int, entry: Int)? {
        map.symbolNodes.pick(&random).map { ($0, random.index(below: 4)) }
    }

    private static func oddity(_ random: inout SeededRandom) -> UInt64 {
        oddities[random.index(below: oddities.count)]
    }

    /// Mostly where the library's own data are.
    private func place(_ map: HDF5Map, _ bytes: [UInt8], _ random: inout SeededRandom) -> Int {
        let place =
            switch random.index(below: 8) {
            case 0: random.index(below: bytes.count)
            case 1: random.index(below: 96)
            case 2, 3: (map.messages.pick(&random)?.offset ?? 0) - 8 + random.index(below: 48)
            default: (map.structures.pick(&random) ?? 0) + random.index(below: 64)
            }
        return min(max(0, place), bytes.count - 1)
    }
}

extension Collection where Index == Int {
    /// Any element; nil if there is none.
    func pick(_ random: inout SeededRandom) -> Element? {
        isEmpty ? nil : self[startIndex + random.index(below: count)]
    }
}
