"""`python -m whatsit` is the command line."""

import sys

from whatsit.cli import main

if __name__ == "__main__":
    sys.exit(main())
