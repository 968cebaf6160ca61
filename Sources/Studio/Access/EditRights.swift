import Foundation

/// Whether a form came from a page of this studio (against cross-site request forgery).
struct EditRights: Sendable {
    /// What every form of this studio holds, and no other site can know.
    let token = Secret.random()

    /// The name of the form's field.
    static let field = "csrf"

    /// Why a form is not accepted; nil where it is.
    func objection(to request: HTTPRequest, _ form: [(name: String, value: String)]) -> String? {
        guard let origin = request.header("origin"), let host = request.header("host"),
            origin.lowercased() == "http://\(host.lowercased())"
        else { return "the form is not from this site" }
        let given = form.filter { $0.name == Self.field }
        guard given.count == 1, Secret.isEqual(given[0].value, token) else {
            return "the form is of an earlier start of the studio; load its page again"
        }
        return nil
    }
}
