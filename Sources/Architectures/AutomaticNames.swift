/// The names that Keras makes for layers that get none: `re_lu`, `re_lu_1`, `re_lu_2`, …
struct AutomaticNames {
    private var counts: [String: Int] = [:]

    /// The next name of a class, given as Keras writes it in names.
    mutating func next(_ stem: String) -> String {
        let count = counts[stem, default: 0]
        counts[stem] = count + 1
        return count == 0 ? stem : "\(stem)_\(count)"
    }
}
