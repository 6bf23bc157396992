#!/usr/bin/env python3
"""The one command: enters the project's environment, then hands over. Runs on any Python 3, to say what is missing."""

import os
import sys


def main():
    if sys.version_info < (3, 11):
        found = ".".join(str(part) for part in sys.version_info[:2])
        sys.stderr.write("iamviz needs Python 3.11 or newer; this is Python %s. Try: python3.11 manage.py …\n" % found)
        return 2
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "iamviz.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
    return 0


if __name__ == "__main__":
    sys.exit(main())
