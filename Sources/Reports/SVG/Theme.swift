/// The colours of all drawings, each in a light and a dark shade, and the style sheet that chooses.
///
/// Elements name a colour by its role: the class `fill-ink` fills with ink, `stroke-grid` draws with the
/// grid's colour.
enum Theme {
    /// A colour's role, its shade on a light and on a dark page.
    private typealias Colour = (role: String, light: String, dark: String)

    private static let colours: [Colour] =
        [
            ("page", "#ffffff", "#12161d"),
            ("ink", "#15191e", "#f0f4f8"),
            ("muted", "#59636e", "#9aa4af"),
            ("grid", "#e4e8ec", "#2a313a"),
            ("frame", "#8c959f", "#6b7580"),
            ("shade", "#08429c", "#4f9dfa"),
            ("onshade", "#ffffff", "#0b0f14"),
        ] + series.enumerated().map { ("series\($0 + 1)", $1.0, $1.1) }

    /// Okabe and Ito's hues ("Color universal design", 2008), told apart with any kind of colour vision;
    /// darker on white and lighter on black than theirs, for a contrast of 3:1 or more.
    private static let series = [
        ("#0060ad", "#56a8e8"), ("#d55e00", "#ff8a4c"), ("#00875f", "#3fc79a"), ("#b8488a", "#f08cc4"),
        ("#a87900", "#e8be4a"), ("#6a51a3", "#b29cf0"), ("#7a4a2b", "#c99a78"), ("#2f9bd6", "#a4e4ff"),
    ]

    /// How many colours there are for curves, `series1` and so on.
    static let seriesCount = series.count

    /// The share of `shade` from which on text upon it is `onshade` rather than `ink`: where both have the
    /// same contrast, on a light and on a dark page.
    static let inkLimit = 0.7

    /// The style sheet of a drawing.
    ///
    /// Every rule says its colour twice: programs that print SVG, such as librsvg, know no custom
    /// properties, and stay with the first, which is the light one.
    static let styleSheet: String = {
        let light = colours.map { "--\($0.role):\($0.light)" }.joined(separator: ";")
        let dark = colours.map { "--\($0.role):\($0.dark)" }.joined(separator: ";")
        let rules = colours.flatMap { colour in
            ["fill", "stroke"].map { property in
                ".graft-plot .\(property)-\(colour.role)"
                    + "{\(property):\(colour.light);\(property):var(--\(colour.role))}"
            }
        }
        return """

            .graft-plot{\(light);font-family:\(fonts);font-size:12px;font-variant-numeric:tabular-nums}
            @media screen and (prefers-color-scheme:dark){.graft-plot{\(dark)}}
            .graft-plot .line{fill:none;stroke-width:1.8;stroke-linejoin:round;stroke-linecap:butt}
            .graft-plot .title{font-size:17px;font-weight:600}
            .graft-plot .bold{font-weight:600}
            \(rules.joined(separator: "\n"))

            """
    }()

    private static let fonts =
        "system-ui,-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,'DejaVu Sans',sans-serif"
}

extension Theme {
    /// The colours of one shade, as custom properties.
    fileprivate static func variables(dark: Bool) -> String {
        colours.map { "--\($0.role):\(dark ? $0.dark : $0.light)" }.joined(separator: ";")
    }
}

extension SVGDocument {
    /// The style sheet of drawings within a page whose reader may choose a theme: that of the drawings, and which
    /// colours `data-theme` on the page's root stands for.
    public static let pageStyleSheet =
        Theme.styleSheet
        + [("light", false), ("dark", true)].map { name, isDark in
            "@media screen{:root[data-theme=\(name)] .graft-plot{\(Theme.variables(dark: isDark))}}\n"
        }.joined()
}
