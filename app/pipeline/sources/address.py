"""Network addresses: which kinds are accepted, and how to name one without giving secrets away."""

import re

SCHEMES = ("rtsp", "rtsps", "http", "https", "udp", "tcp", "rtmp", "rtmps")
HIDDEN = "…"
_AT = re.compile("@|\uff20|\ufe6b|%40")  # as input methods and browsers write it, too


def scheme_of(text: str) -> str | None:
    """``"rtsp"`` for ``rtsp://...``, in lower case; None if ``text`` is not an address."""
    found = re.match(r"([A-Za-z][A-Za-z0-9+.\-]+)://", text)
    return found[1].lower() if found else None


def storable(text: str) -> str:
    """``text`` as it may be written to a file: an address without what :func:`redact` hides.

    "" if the rest could not be opened. Anything but an address is returned unchanged.
    """
    if scheme_of(text) is None:
        return text
    shown = redact(text).removesuffix(f"?{HIDDEN}")
    return "" if HIDDEN in shown else shown


def is_playlist(url: str) -> bool:
    """Whether the path of the address ends as those of HLS and DASH playlists do."""
    return re.split(r"[?#]", url, maxsplit=1)[0].lower().endswith((".m3u8", ".mpd"))


def presentable(text: str) -> str:
    """``text`` for people and logs, whatever it was meant to be: redacted if it holds credentials.

    So a file's or camera's name stays as it is, but an address without its scheme does not.
    """
    has_user = ":" in text and _AT.search(text)
    return redact(text) if has_user or "://" in text or re.search(r"[?&]\w+=", text) else text


def redact(url: str) -> str:
    """``url`` for people and logs: scheme, host and path, never user, password, query or fragment.

    Parts of the path that assign something (``user=admin&password=...``, as some cameras want it)
    are hidden too. Where a stray ``@`` leaves open how far a password reaches, only the scheme
    stays.
    """
    head, separator, rest = url.partition("://")
    if not separator or scheme_of(url) is None:
        head, separator, rest = "", "", url
    end = re.search(r"[/?#\\]", rest)
    authority, tail = (rest[: end.start()], rest[end.start() :]) if end else (rest, "")
    if _AT.search(tail):
        return f"{head}{separator}{HIDDEN}"
    path, *hidden = re.split(r"[?#]", tail, maxsplit=1)
    parts = (HIDDEN if "=" in part else part for part in path.split("/"))
    query = f"?{HIDDEN}" if hidden else ""
    host = _AT.split(authority)[-1]
    return f"{head}{separator}{host}{'/'.join(parts)}{query}"
