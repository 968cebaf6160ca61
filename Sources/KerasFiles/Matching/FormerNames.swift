/// The names that Keras 2 gave to MobileNetV3's layers, and that the weights which Keras publishes have:
/// `expanded_conv_1/expand/BatchNorm` for `expanded_conv_1_expand_bn`. Keras 3, which allows no slashes, goes by
/// the layers' order.
enum FormerNames {
    /// Today's name of a layer; nil where the name was not one of MobileNetV3's.
    static func today(_ name: String) -> String? {
        let former = #/(?:(?:Conv|Conv_1)(?:/BatchNorm)?|Conv_2|Logits|expanded_conv(?:_[0-9]+)?/.+)/#
        guard name.wholeMatch(of: former) != nil else { return nil }
        return name.replacing("BatchNorm", with: "bn").replacing("/", with: "_").lowercased()
    }
}
