import Foundation
import Tensors

/// A way to damage JSON, in its values or in its letters.
enum JSONMutation {
    /// JSON that is changed; as long as the original if it has to be.
    static func mutated(_ text: [UInt8], keepingLength: Bool, _ random: inout SeededRandom) -> [UInt8] {
        guard !text.isEmpty else { return text }
        if random.index(below: 3) > 0, let changed = changedValue(text, &random) {
            if !keepingLength { return changed }
            if changed.count <= text.count {
                return changed + [UInt8](repeating: UInt8(ascii: " "), count: text.count - changed.count)
            }
        }
        return changedLetters(text, &random)
    }

    private static func changedValue(_ text: [UInt8], _ random: inout SeededRandom) -> [UInt8]? {
        guard let value = try? JSONSerialization.jsonObject(with: Data(text), options: .fragmentsAllowed),
            let data = try? JSONSerialization.data(
                withJSONObject: changed(value, &random), options: [.fragmentsAllowed, .sortedKeys])
        else { return nil }
        return Array(data)
    }

    private static func changed(_ value: Any, _ random: inout SeededRandom) -> Any {
        let isLeaf = random.index(below: 40) == 0
        if var list = value as? [Any], !list.isEmpty, !isLeaf {
            let index = random.index(below: list.count)
            switch random.index(below: 20) {
            case 0: list.remove(at: index)
            case 1: list += [list[index]]
            default: list[index] = changed(list[index], &random)
            }
            return list
        }
        if var members = value as? [String: Any], !members.isEmpty, !isLeaf,
            let name = members.keys.sorted().pick(&random)
        {
            members[name] = random.index(below: 20) == 0 ? nil : changed(members[name]!, &random)
            return members
        }
        let oddities: [Any] = [
            NSNull(), true, false, 0, 1, -1, 3, 1_048_577, Int.max, 1e18, -1e300, 0.5, "", "same", "relu",
            "Dense",
            "\u{1B}[2J", "../..", [Any](), [1], [0, 0], [[0, 9], [9, 0]], [String: Any](),
            ["class_name": "Dense"],
        ]
        return oddities[random.index(below: oddities.count)]
    }

    private static func changedLetters(_ text: [UInt8], _ random: inout SeededRandom) -> [UInt8] {
        var text = text
        let start = random.index(below: text.count)
        switch random.index(below: 4) {
        case 0:
            // Brackets as deep as there is room.
            for index in start..<min(text.count, start + 4096) { text[index] = UInt8(ascii: "[") }
        case 1:
            for index in start..<min(text.count, start + 8) { text[index] = UInt8(ascii: "9") }
        default:
            let letters = Array("\"\\[]{}:,0-9eE.nu".utf8) + [0, 0xFF, 0xC0]
            for _ in 0...random.index(below: 3) {
                text[random.index(below: text.count)] = letters[random.index(below: letters.count)]
            }
        }
        return text
    }
}
