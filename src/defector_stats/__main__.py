"""Run the command line with `python -m defector_stats`."""

import sys

from defector_stats.cli import main

if __name__ == "__main__":
    sys.exit(main())
