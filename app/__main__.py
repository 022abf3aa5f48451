"""``swem-live`` and ``python -m app``."""

import sys


def main(argv: list[str] | None = None) -> int:
    """Run one command; the exit code. 0 done, 1 failed, 2 wrong usage, 130 interrupted."""
    from app.cli.parser import parse
    from app.log import start_log
    from app.qt_environment import guard_qt
    from swem_core.errors import SwemError

    arguments = parse(sys.argv[1:] if argv is None else argv)
    guard_qt()
    start_log()
    try:
        return int(arguments.run(arguments))
    except SwemError as error:
        print(f"swem-live: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
