"""Start Handbill as `python -m handbill`, the way build.py does."""

import sys

if __name__ == "__main__":
    try:
        # Imported here, so that Ctrl-C while the libraries load is as quiet as later.
        from handbill.cli import main

        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
