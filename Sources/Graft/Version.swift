/// The version of Graft, as it is written into runs.
public let graftVersion = "0.1.0"
