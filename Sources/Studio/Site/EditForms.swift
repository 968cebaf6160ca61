import Pages
import Tracking

/// The forms by which runs are changed.
struct EditForms: Sendable {
    private let token: String

    init(_ rights: EditRights) { token = rights.token }

    private func form(_ action: String, _ content: HTML, class name: String? = nil) -> HTML {
        .tag(
            "form", ["method": "post", "action": action, "class": name],
            [.tag("input", ["type": "hidden", "name": EditRights.field, "value": token], nil), content])
    }

    /// What changes a run: its tags, its note, whether it is there.
    func run(_ name: String, tags: [String], note: String) -> HTML {
        let path = "/runs/" + PercentCoding.encode(path: name)
        let removals = tags.map { tag in
            form(
                path + "/tags",
                .tag(
                    "button",
                    [
                        "type": "submit", "name": "remove", "value": tag,
                        "aria-label": "Take the tag \(tag) away",
                    ],
                    .text("\(tag) ×")))
        }
        return [
            .tag(
                "div", ["class": "row"],
                HTML(
                    removals + [
                        form(
                            path + "/tags",
                            [
                                .tag(
                                    "input",
                                    [
                                        "type": "text", "name": "add", "placeholder": "new tag",
                                        "aria-label": "New tag",
                                        "required": "", "maxlength": "100", "size": "14",
                                    ], nil), .tag("button", ["type": "submit"], "Add tag"),
                            ])
                    ])),
            .tag(
                "details", [:],
                [
                    .tag("summary", [:], "Note and bin"),
                    form(
                        path + "/note",
                        [
                            .tag(
                                "textarea", ["name": "note", "aria-label": "Note", "placeholder": "note"],
                                .text("\n" + note)),
                            .tag("button", ["type": "submit"], "Save note"),
                        ], class: "note"),
                    name.contains("/")
                        ? []
                        : .tag(
                            "div", ["class": "row"],
                            form(
                                path + "/bin",
                                .tag("button", ["type": "submit", "class": "danger"], "Move to the bin"))),
                ]),
        ]
    }

    /// What brings back the last that was removed.
    func undo(_ name: String) -> HTML {
        .tag(
            "div", ["class": "row"],
            form("/bin/undo", .tag("button", ["type": "submit"], .text("Bring back \(name) from the bin"))))
    }
}
