/// A number of channels near `wish` that hardware likes: a multiple of 8, and not more than a tenth below.
///
/// MobileNet's second and third version round so what the width multiplier leaves (`_make_divisible`).
func roundedChannels(_ wish: Double) -> Int {
    let rounded = max(8, Int(wish + 4) / 8 * 8)
    return Double(rounded) < 0.9 * wish ? rounded + 8 : rounded
}
