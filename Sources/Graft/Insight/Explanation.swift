import Datasets
import Evaluation
import Insight
import Reports

/// What a network saw in a picture of one or more classes.
public struct Explanation: Sendable {
    /// A place of the network's input with how much it counts.
    public struct Cell: Sendable, Equatable {
        /// The upper left corner and the size, in pixels of the network's input.
        public var top, left, height, width: Double
        /// Grad-CAM's number, or by how much the probability falls.
        public var value: Double
        /// The number as a share of the map's greatest; 0 where it is negative.
        public var share: Double
    }

    /// The map of a class.
    public struct ClassMap: Sendable, Equatable {
        /// The class.
        public var label: Int
        /// Shares from 0 to 1, over the whole picture.
        public var heat: HeatMap
        /// The numbers that they follow from.
        public var cells: [Cell]
    }

    /// The picture.
    public var image: Image
    /// The classes, in the order of the network's outputs.
    public var classNames: [String]
    /// The probability of each.
    public var scores: [Double]
    /// Whether the classes are told each by itself.
    public var isMultiLabel = false
    /// How the maps were made: `Grad-CAM, layer conv5_block3_out`.
    public var method: String
    /// The maps.
    public var maps: [ClassMap]

    /// The likeliest class.
    public var predicted: Int { scores.indices.max { scores[$0] < scores[$1] } ?? 0 }

    /// What the picture was taken for: the likeliest class, or, where they are told each by itself, all that are likelier
    /// than not.
    public var predictedLabels: [Int] {
        isMultiLabel
            ? scores.indices.filter { scores[$0] > MultiLabelPredictions.usualThreshold } : [predicted]
    }
}

extension CSVTable {
    /// The numbers of an explanation's maps, by class and place in pixels of the network's input.
    public init(_ explanation: Explanation) {
        self.init(
            header: ["class", "top", "left", "height", "width", "value", "share"],
            rows: explanation.maps.flatMap { map in
                map.cells.map { cell in
                    [explanation.classNames[map.label]]
                        + [cell.top, cell.left, cell.height, cell.width, cell.value, cell.share]
                        .map(CSVTable.field)
                }
            })
    }
}
