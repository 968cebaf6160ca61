import Datasets

extension DataConfiguration {
    /// Where the pictures come from. Paths are relative to the working directory.
    public enum Source: Sendable, Equatable {
        /// A folder with a folder of pictures for each class.
        case imageFolder(String)
        /// The CSV file of the FER-2013 challenge.
        case fer2013CSV(String)
        /// A folder with the IDX files of MNIST and its relatives.
        case idx(String)
        /// CK+'s release or the folders of `CK+48`; of the release, how many frames at the end of a sequence
        /// are taken, and whether the first is taken as neutral.
        case ckPlus(String, lastFrames: Int = 3, neutral: Bool = false)
        /// JAFFE's folder.
        case jaffe(String)
        /// RAF-DB's release or Kaggle's folders.
        case rafDB(String)
        /// AffectNet's release or folders of classes.
        case affectNet(String)
        /// A table that lists pictures.
        case csv(String, ImageListColumns = ImageListColumns())
        /// A table of pictures that may be of several classes each; its columns' names, and what stands between
        /// the labels of one.
        case multiLabelCSV(String, MultiLabelColumns = MultiLabelColumns(), separator: String = ";")

        /// The path, whatever the kind.
        public var path: String {
            switch self {
            case .imageFolder(let path), .fer2013CSV(let path), .idx(let path), .jaffe(let path),
                .rafDB(let path), .affectNet(let path):
                path
            case .ckPlus(let path, _, _): path
            case .csv(let path, _): path
            case .multiLabelCSV(let path, _, _): path
            }
        }
    }
}
