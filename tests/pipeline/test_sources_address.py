import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.pipeline.sources.address import redact, scheme_of


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
