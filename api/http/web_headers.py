"""What every page for people is sent with."""

HEADERS = {
    "cache-control": "no-store",
    "content-security-policy": "; ".join(
        (
            "default-src 'none'",
            "style-src 'self'",
            "script-src 'self'",
            "img-src 'self'",
            "connect-src 'self'",
            "form-action 'self'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
        )
    ),
    "x-content-type-options": "nosniff",
    # Not `no-referrer`: with that, browsers hide the origin of a form's post, which the channel looks at.
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
}
