/// Pictures in rows, each row with a name, as one drawing that holds them all.
public struct ContactSheet: Sendable {
    /// A row.
    public struct Row: Sendable {
        /// What the row's pictures are, such as their class.
        public var title: String
        /// Smaller print below it.
        public var detail: String
        /// The pictures as PNG files in Base64.
        public var pictures: [String]

        /// A row.
        public init(title: String, detail: String, pictures: [String]) {
            self.title = title
            self.detail = detail
            self.pictures = pictures
        }
    }

    /// What the sheet is called.
    public var title: String
    /// What it shows, in a sentence.
    public var subtitle: String
    /// What stands above each column.
    public var columns: [String]
    /// The rows.
    public var rows: [Row]

    /// A sheet.
    public init(title: String, subtitle: String, columns: [String], rows: [Row]) {
        self.title = title
        self.subtitle = subtitle
        self.columns = columns
        self.rows = rows
    }
}

extension SVGDocument {
    /// A contact sheet, with the pictures in the file itself. Small pictures are enlarged without smoothing.
    public static func contactSheet(_ sheet: ContactSheet) -> SVGDocument {
        let (side, gap, left, top) = (112.0, 8.0, 190.0, 96.0)
        func x(_ column: Int) -> Double { left + Double(column) * (side + gap) }
        func y(_ row: Int) -> Double { top + Double(row) * (side + gap) }
        let width = max(x(sheet.columns.count) + 16, 640)
        var elements = PlotText.heading(sheet.title, sheet.subtitle, x: 24, width: width - 48)
        for (column, name) in sheet.columns.enumerated() {
            elements.append(
                PlotText.line(
                    name, x: x(column) + side / 2, y: top - 10, anchor: .middle, style: "fill-muted"))
        }
        for (number, row) in sheet.rows.enumerated() {
            elements.append(PlotText.name(row.title, x: 24, y: y(number) + 20, size: 13, width: left - 36))
            elements.append(
                PlotText.name(
                    row.detail, x: 24, y: y(number) + 38, size: 10, width: left - 36, style: "fill-muted"))
            for (column, picture) in row.pictures.enumerated() {
                elements.append(
                    SVGElement(
                        "image",
                        [
                            "x": x(column), "y": y(number), "width": side, "height": side,
                            "style": "image-rendering:pixelated", "href": "data:image/png;base64,\(picture)",
                        ]))
            }
        }
        return SVGDocument(
            name: "contact-sheet", width: width, height: y(sheet.rows.count) + 16, title: sheet.title,
            description: sheet.subtitle, elements)
    }
}
