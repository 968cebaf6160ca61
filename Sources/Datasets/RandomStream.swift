/// The first step of the path of every random stream of this room, so that no two uses of one seed draw the
/// same numbers.
enum RandomStream {
    static let limit = 101
    static let split = 102
    static let shuffle = 103
    static let augmentation = 104
    static let groups = 105
    static let folds = 106
}
