"""``python -m finlens``: the same as the ``finlens`` command."""

import sys

from finlens.cli import main

if __name__ == "__main__":
    sys.exit(main())
