"""Verdicts about an upload that its member reads."""

from __future__ import annotations


class UnusableUpload(Exception):  # noqa: N818  # a verdict about the files, not an error of ours
    """Nothing of the upload can be used; the text says what to do."""
