import Foundation

/// A whole number with its digits in groups of three: `25 636 712`, in any locale.
package func grouped(_ number: Int) -> String {
    let digits = String(abs(number))
    let groups = stride(from: digits.count, to: 0, by: -3).map { end in
        String(digits.dropLast(digits.count - end).suffix(3))
    }
    return (number < 0 ? "-" : "") + groups.reversed().joined(separator: " ")
}

/// A number and what is counted: `1 epoch`, `2 epochs`.
package func counted(_ number: Int, _ thing: String) -> String {
    "\(grouped(number)) \(thing)\(number == 1 ? "" : "s")"
}

/// A share in percent with one decimal: `93.4 %`.
package func percent(_ share: Double) -> String { String(format: "%.1f %%", share * 100) }

/// A size in the units that file managers show.
package func byteText(_ bytes: Int) -> String {
    let units = ["B", "KiB", "MiB", "GiB"]
    var (size, unit) = (Double(bytes), 0)
    while size >= 1024, unit < units.count - 1 { (size, unit) = (size / 1024, unit + 1) }
    return unit == 0 ? "\(bytes) B" : String(format: size < 10 ? "%.1f" : "%.0f", size) + " " + units[unit]
}

/// A duration in the unit that suits it: `4.2 s`, `42 s`, `17 min`, `3.5 h`.
package func durationText(_ seconds: Double) -> String {
    switch seconds {
    case ..<120: String(format: seconds < 10 ? "%.1f s" : "%.0f s", seconds)
    case ..<7200: String(format: "%.0f min", seconds / 60)
    default: String(format: "%.1f h", seconds / 3600)
    }
}
