extension HTTPResponse {
    /// The answer with what every answer of a studio says to browsers.
    /// - Parameter cacheControl: how long it may be kept; asked for anew each time, if not given.
    func secured(_ policy: ContentPolicy, cacheControl: String = "no-cache") -> HTTPResponse {
        var response = self
        response.set("Content-Security-Policy", policy.value)
        response.set("X-Content-Type-Options", "nosniff")
        response.set("X-Frame-Options", "DENY")
        // Not "no-referrer": browsers would hide the origin of forms, too.
        response.set("Referrer-Policy", "same-origin")
        response.set("Cross-Origin-Resource-Policy", "same-origin")
        response.set("Cross-Origin-Opener-Policy", "same-origin")
        response.set("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
        response.set("Cache-Control", "private, \(cacheControl)")
        return response
    }
}
