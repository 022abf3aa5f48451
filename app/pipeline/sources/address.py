"""Network addresses: which kinds are accepted, and how to name one without giving secrets away."""

import re

SCHEMES = ("rtsp", "rtsps", "http", "https", "udp", "tcp", "rtmp", "rtmps")
HIDDEN = "…"


def scheme_of(text: str) -> str | None:
    """``"rtsp"`` for ``rtsp://...``, in lower case; None if ``text`` is not an address."""
    found = re.match(r"([A-Za-z][A-Za-z0-9+.\-]+)://", text)
    return found[1].lower() if found else None


def storable(text: str) -> str:
    """What of a source may be written down: of an address, nothing that :func:`redact` hides.

    "" if that leaves nothing that could be opened. Anything else is returned as it is.
    """
    if scheme_of(text) is None:
        return text
    shown = redact(text).removesuffix(f"?{HIDDEN}")
    return "" if HIDDEN in shown else shown


def redact(url: str) -> str:
    """``url`` for people and logs: scheme, host and path, never user, password, query or fragment.

    Parts of the path that assign something (``user=admin&password=...``, as some cameras want it)
    are hidden too. Where a stray ``@`` leaves open how far a password reaches, only the scheme
    stays.
    """
    head, separator, rest = url.partition("://")
    if not separator:
        head, rest = "", url
    end = re.search(r"[/?#\\]", rest)
    authority, tail = (rest[: end.start()], rest[end.start() :]) if end else (rest, "")
    if "@" in tail:
        return f"{head}{separator}{HIDDEN}"
    path, *hidden = re.split(r"[?#]", tail, maxsplit=1)
    parts = (HIDDEN if "=" in part else part for part in path.split("/"))
    query = f"?{HIDDEN}" if hidden else ""
    return f"{head}{separator}{authority.rpartition('@')[2]}{'/'.join(parts)}{query}"
