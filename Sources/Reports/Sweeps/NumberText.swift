import Foundation

/// Numbers for people.
package enum NumberText {
    /// With four significant digits.
    package static func short(_ number: Double) -> String { String(format: "%.4g", number) }
}
