import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from app.pipeline.cameras import CameraDevice
from app.pipeline.sources.address import is_playlist, presentable, redact, scheme_of, storable
from app.pipeline.sources.factory import open_source
from swem_core.errors import SwemError


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("rtsp://cam.local/stream1", "rtsp://cam.local/stream1"),
        ("rtsp://admin:s3cret@cam.local:554/stream1", "rtsp://cam.local:554/stream1"),
        ("rtsp://s3cret@[::1]:554/a", "rtsp://[::1]:554/a"),
        ("https://host/live.m3u8?token=s3cret&x=1#s3cret", "https://host/live.m3u8?…"),
        ("https://host?s3cret", "https://host?…"),
        ("https://host/a#s3cret", "https://host/a?…"),
        ("rtsp://cam/user=admin&password=s3cret&channel=1/x", "rtsp://cam/…/x"),
        ("rtsp://admin:s3@cret@cam/x", "rtsp://cam/x"),
        ("rtsp://admin:s3/cret@cam/x", "rtsp://…"),
        ("rtsp://admin:s3?cret@cam/x", "rtsp://…"),
        ("rtsp://admin:s3\\cret@cam/x", "rtsp://…"),
        ("https://host/x?mail=s3cret@b", "https://…"),
        ("admin:s3cret@host/x", "host/x"),
        ("udp://:5000", "udp://:5000"),
        ("rtsp://admin:s3cret\uff20cam/x", "rtsp://cam/x"),
        ("rtsp://admin:s3cret%40cam/x", "rtsp://cam/x"),
        ("admin:s3cret@cam://x", "cam://x"),
        ("<rtsp://admin:s3cret@cam/x>", "…"),
        ("", ""),
    ],
)
def test_only_host_and_path_are_shown(url: str, shown: str) -> None:
    assert redact(url) == shown


@settings(deadline=None)
@given(
    st.text(st.characters(exclude_characters="@"), min_size=1),
    st.sampled_from(["rtsp://user:{}@host/x", "rtsp://{}@host/x", "http://host/x?key={}"]),
)
def test_whatever_the_password_it_is_not_shown(text: str, pattern: str) -> None:
    secret = f"S3CRET{text}S3CRET"
    assert "S3CRET" not in redact(pattern.format(secret))


@pytest.mark.parametrize(
    ("text", "scheme"),
    [
        ("rtsp://x", "rtsp"),
        ("HTTP://x", "http"),
        ("clip.mp4", None),
        ("C:\\clips\\a.mp4", None),
        ("camera:0", None),
        ("C://clips/a.mp4", None),
        ("//server/share", None),
        ("", None),
    ],
)
def test_addresses_are_told_from_other_texts(text: str, scheme: str | None) -> None:
    assert scheme_of(text) == scheme


@pytest.mark.parametrize(
    ("text", "as_told"),
    [
        ("take #2 (100%).mp4", "take #2 (100%).mp4"),
        ("C:\\clips\\a?b=.mp4", "C:\\clips\\a?…"),
        ("me@home.mp4", "me@home.mp4"),
        ("HD Webcam: left", "HD Webcam: left"),
        ("admin:s3cret@cam/x", "cam/x"),
        ("cam/live?token=s3cret", "cam/live?…"),
    ],
)
def test_names_stay_and_secrets_go(text: str, as_told: str) -> None:
    assert presentable(text) == as_told


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://host/live.M3U8?token=1", True),
        ("https://[host/a.mpd#1", True),
        ("https://host/a.ts?next=b.m3u8", False),
    ],
)
def test_playlists_are_known_by_their_path(url: str, expected: bool) -> None:
    assert is_playlist(url) is expected


# What means something in an address, a name or a path, in places where it does not belong.
PIECES = (
    *("rtsp://", "HTTP://", "://", "//", "camera:", "screen:", "0", "9" * 5000, "[::1]", "[", "]"),
    *("@", "\uff20", "%40", ":", "/", "\\", "?", "#", "&key=", "..", "~", "/dev/video", "\0"),
    *("\ud800", "\u2100", "\u2048", "\u202e", "m\u00fcnchen.de", "\U0001f4f7", " ", "\n", ".m3u8"),
)
MIXED = st.lists(st.sampled_from(PIECES) | st.text(max_size=6), max_size=8).map("".join)
SECRET = "S3CRET"
CAMERA = CameraDevice("/dev/video0", "HD Webcam", "v4l2")
# %s is where somebody might write a password.
CREDENTIALS = (
    *("rtsp://user:%s@host/x", "rtsp://%s@[::1]:554/", "user:%s@host", "rtsp:/user:%s@host/x"),
    *("camera:rtsp://user:%s@host/", "screen:rtsp://user:%s@host", "user:%s@host://x"),
    *("ftp://user:%s@host", "http://u:%s@[host/x.m3u8", "http://u:%s@ho\u2100st/x"),
    *("http://host/x?token=%s", "host/x?token=%s", "http://host/user=a&password=%s/x"),
)


def told_about(text: str) -> str:
    """All that a person reads who gives ``text`` as the source."""
    try:
        return open_source(text, cameras=lambda: (CAMERA,)).name
    except SwemError as error:
        return str(error)


@settings(deadline=None, max_examples=300)
@given(MIXED)
@example("~\0")
def test_any_text_is_a_source_or_refused(text: str) -> None:
    assert told_about(text)
    assert scheme_of(storable(text)) in (scheme_of(text), None)


@settings(deadline=None, max_examples=300)
@given(st.sampled_from(CREDENTIALS), MIXED)
def test_no_credentials_are_told_wherever_they_are(pattern: str, after: str) -> None:
    address = pattern % SECRET + after
    assert SECRET not in told_about(address)
    assert SECRET not in redact(address)
    assert SECRET not in presentable(address)


@settings(deadline=None)
@given(MIXED)
def test_what_is_told_can_be_told_again(text: str) -> None:
    assert redact(redact(text)) == redact(text)
