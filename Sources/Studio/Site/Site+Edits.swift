import Foundation
import Tracking

extension Site {
    /// Changes a run as a form says.
    func change(_ request: HTTPRequest, _ name: String, _ edit: Route.Edit) throws -> HTTPResponse {
        let form = try form(request)
        let (entry, folder) = try run(name)
        func value(_ field: String) -> String? { form.first { $0.name == field }?.value }
        let page = "/runs/" + PercentCoding.encode(path: name)
        switch edit {
        case .tags:
            var notes = try RunNotes.read(folder)
            if let tag = value("add") { try notes.add(tag.trimmingCharacters(in: .whitespaces)) }
            if let tag = value("remove") { notes.remove(tag) }
            try notes.write(to: folder)
        case .note:
            guard let text = value("note") else { throw SiteError.bad("the form has no note") }
            var notes = try RunNotes.read(folder)
            notes.note = text.replacing("\r\n", with: "\n").trimmingCharacters(in: .whitespacesAndNewlines)
            try notes.write(to: folder)
        case .bin:
            try RunBin(index.runs).remove([try index.removable(entry.name)])
            try index.refresh()
            return .redirect(to: "/").secured(.data, cacheControl: "no-store")
        }
        try index.refresh()
        return .redirect(to: page).secured(.data, cacheControl: "no-store")
    }

    /// Brings back what was moved to the bin last.
    func bringBack(_ request: HTTPRequest) throws -> HTTPResponse {
        _ = try form(request)
        _ = try RunBin(index.runs).undo()
        try index.refresh()
        return .redirect(to: "/").secured(.data, cacheControl: "no-store")
    }

    private func form(_ request: HTTPRequest) throws(SiteError) -> [(name: String, value: String)] {
        guard let rights else { throw SiteError(status: 403, message: "this studio only shows") }
        guard let form = request.form else { throw .bad("expected a form") }
        if let objection = rights.objection(to: request, form) {
            throw SiteError(status: 403, message: objection)
        }
        return form
    }
}
