"""``swem-live`` and ``python -m app``."""

import logging
import os
import sys
import threading
from typing import NoReturn


def main(argv: list[str] | None = None) -> int:
    """Run one command; its exit code: 0 done, 1 failed, 2 wrong usage, 130 interrupted.

    What nobody foresaw is logged and raised.
    """
    from app.cli.parser import parse
    from app.errors import UsageError
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
        return 2 if isinstance(error, UsageError) else 1
    except KeyboardInterrupt:
        return 130
    except Exception:
        logging.getLogger(__name__).exception("The command failed")
        raise


def entry() -> NoReturn:
    """The ``swem-live`` script: run ``main`` and leave, even if a thread hangs.

    A thread stuck in a camera driver is abandoned on purpose. Python's own exit would tear the
    libraries down under it and crash; by now all files are complete.
    """
    code = main()
    sys.stdout.flush()
    sys.stderr.flush()
    if any(thread is not threading.current_thread() for thread in threading.enumerate()):
        logging.shutdown()
        os._exit(code)
    sys.exit(code)


if __name__ == "__main__":
    entry()
