import Tensors

/// A way to damage a `.keras` archive: its entries, with checksums that fit, or its bytes.
enum ArchiveMutation {
    static func mutated(_ original: [UInt8], _ seed: Seed, _ random: inout SeededRandom) -> [UInt8] {
        guard var archive = seed.archive, random.index(below: 5) > 0 else {
            return changedBytes(original, &random)
        }
        let index = random.index(below: archive.entries.count)
        let name = String(decoding: archive.entries[index].name, as: UTF8.self)
        if random.index(below: 5) == 0 {
            trick(&archive, index, &random)
        } else if name.hasSuffix(".json") {
            archive.entries[index].data = JSONMutation.mutated(
                archive.entries[index].data, keepingLength: false, &random)
        } else {
            seed.damage(&archive.entries[index].data, &random)
        }
        return archive.bytes
    }

    private static func trick(_ archive: inout StoredZip, _ index: Int, _ random: inout SeededRandom) {
        let names = [
            "../config.json", "/etc/passwd", "config.json", "C:\\x", "model.weights.h5", "", "a\u{0}b",
            "\u{7F}",
        ]
        switch random.index(below: 6) {
        case 0: archive.entries[index].name = Array((names.pick(&random) ?? "").utf8)
        case 1: archive.entries[index].name = [0xFF, 0xC0, 0x80]
        case 2: archive.entries.append(archive.entries[index])
        case 3: archive.entries.remove(at: index)
        case 4: archive.entries[index].claimedSize = [0, 1, 1 << 31, 0xFFFF_FFFF].pick(&random)
        default: archive.entries[index].method = [8, 9, 12, 14, 99].pick(&random) ?? 8
        }
    }

    /// Most of what libzip reads is at the end.
    private static func changedBytes(_ original: [UInt8], _ random: inout SeededRandom) -> [UInt8] {
        var bytes = original
        for _ in 0...random.index(below: 3) where bytes.count > 400 {
            let isList = random.index(below: 4) > 0
            let position =
                isList ? bytes.count - 1 - random.index(below: 400) : random.index(below: bytes.count)
            switch random.index(below: 4) {
            case 0: bytes.set(.max, at: position, size: [1, 2, 4][random.index(below: 3)])
            case 1: bytes.removeLast(random.index(below: 200))
            default: bytes[min(position, bytes.count - 1)] = UInt8.random(in: 0...255, using: &random)
            }
        }
        return bytes
    }
}
