/// Samples on a plane.
public struct ScatterFigure: Sendable, Equatable {
    /// A sample.
    public struct Point: Sendable, Equatable {
        /// Where it comes from.
        public var name: String
        /// What it is marked as, among ``ScatterFigure/classNames``.
        public var label: Int
        /// Its class, or all of them.
        public var truth: String
        /// What it was taken for.
        public var predicted: String
        /// The class that it was taken for, where that is another.
        public var mistakenFor: Int?
        /// Where it is.
        public var x, y: Double

        /// A sample.
        public init(
            name: String, label: Int, truth: String, predicted: String, mistakenFor: Int?, x: Double,
            y: Double
        ) {
            (self.name, self.label, self.truth, self.predicted) = (name, label, truth, predicted)
            (self.mistakenFor, self.x, self.y) = (mistakenFor, x, y)
        }
    }

    /// A word that tells the drawing from others in a page.
    public var name: String
    /// What the drawing is called.
    public var title: String
    /// How the places were found.
    public var subtitle: String
    /// What the axes are; empty where distances alone mean something.
    public var axes: (x: String, y: String)
    /// What the samples are marked as: their classes.
    public var classNames: [String]
    /// The samples.
    public var points: [Point]

    /// Samples on a plane.
    public init(
        name: String, title: String, subtitle: String, axes: (x: String, y: String), classNames: [String],
        points: [Point]
    ) {
        self.name = name
        (self.title, self.subtitle, self.axes) = (title, subtitle, axes)
        (self.classNames, self.points) = (classNames, points)
    }

    /// Whether two figures are equal.
    public static func == (left: Self, right: Self) -> Bool {
        left.name == right.name && left.title == right.title && left.subtitle == right.subtitle
            && left.axes == right.axes
            && left.classNames == right.classNames && left.points == right.points
    }
}

extension CSVTable {
    /// The samples with their classes and places.
    public init(_ figure: ScatterFigure) {
        self.init(
            header: ["file", "class", "predicted", "x", "y"],
            rows: figure.points.map { point in
                [
                    point.name, point.truth, point.predicted, Self.field(point.x),
                    Self.field(point.y),
                ]
            })
    }
}
