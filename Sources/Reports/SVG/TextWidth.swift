/// How wide text comes out, by the widths of DejaVu Sans: wider than most, so that text which fits here
/// fits with the reader's font too.
enum TextWidth {
    /// The widths of the characters from space to tilde, in thousandths of the font size.
    private static let ascii = [
        318, 401, 460, 838, 636, 950, 780, 275, 390, 390, 500, 838, 318, 361, 318, 337, 636, 636, 636, 636,
        636, 636, 636, 636, 636, 636, 337, 337, 838, 838, 838, 531, 1000, 684, 686, 698, 770, 632, 575, 775,
        752, 295, 295, 656, 557, 863, 748, 787, 603, 787, 695, 635, 611, 732, 684, 989, 685, 611, 685, 390,
        337, 390, 838, 500, 500, 613, 635, 550, 635, 615, 352, 635, 634, 278, 278, 579, 278, 974, 634, 612,
        635, 635, 411, 521, 392, 634, 592, 818, 592, 592, 525, 636, 337, 636, 838,
    ]

    /// The width of a text in pixels.
    static func of(_ text: String, size: Double) -> Double {
        Double(text.reduce(0) { $0 + width(of: $1) }) / 1000 * size
    }

    /// The text where it is narrow enough; else its beginning and end around an ellipsis.
    static func fitted(_ text: String, size: Double, width: Double) -> String {
        guard of(text, size: size) > width else { return text }
        var kept = text.count - 1
        while kept > 0 {
            let shortened = text.prefix((kept + 1) / 2) + "…" + text.suffix(kept / 2)
            if of(String(shortened), size: size) <= width { return String(shortened) }
            kept -= 1
        }
        return "…"
    }

    private static func width(of character: Character) -> Int {
        guard let scalar = character.unicodeScalars.first else { return 0 }
        switch scalar.value {
        case 32...126: return ascii[Int(scalar.value) - 32]
        // Hangul, Chinese and Japanese characters and emoji fill a square, or a little more.
        case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
            0xFF00...0xFF60:
            return 1000
        case 0x1F000...0x1FAFF: return 1300
        default: return 720
        }
    }
}
