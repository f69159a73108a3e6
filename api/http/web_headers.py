"""What every page for people is sent with."""


def policy(*more: str) -> str:
    """What browsers allow a page of ours: nothing but our own files, and what is named beside that."""
    return "; ".join(
        (
            "default-src 'none'",
            "style-src 'self'",
            "script-src 'self'",
            "img-src 'self'",
            "connect-src 'self'",
            "form-action 'self'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
            *more,
        )
    )


HEADERS = {
    "cache-control": "no-store",
    "content-security-policy": policy(),
    "x-content-type-options": "nosniff",
    # Not `no-referrer`: with that, browsers hide the origin of a form's post, which the channel looks at.
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
}
