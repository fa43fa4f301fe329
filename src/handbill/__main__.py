"""Start Handbill as `python -m handbill`, the way build.py does."""

import sys

if __name__ == "__main__":
    try:
        # Imported here, so that Ctrl-C while the libraries load is as quiet as later.
        from handbill.room.inside import settle

        if (code := settle(sys.argv[1:])) is not None:
            sys.exit(code)

        from handbill.cli import main
        from handbill.leaving import run_and_leave

        run_and_leave(main)
    except KeyboardInterrupt:
        sys.exit(130)
