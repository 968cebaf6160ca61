import Foundation

/// Numbers for people.
enum NumberText {
    /// With four significant digits.
    static func short(_ number: Double) -> String { String(format: "%.4g", number) }
}
