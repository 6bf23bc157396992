"""Rows: uploads and their progress, what was read from them, and the revisions published."""

from iamviz.snapshots.models.parts import AccountSnapshot, Fragment, IdentityRow, Part, UploadPart
from iamviz.snapshots.models.revisions import Revision, RevisionAccount, RevisionNotice
from iamviz.snapshots.models.uploads import Chunk, Sweeper, Upload, UploadEvent, UploadFile

__all__ = [
    "AccountSnapshot",
    "Chunk",
    "Fragment",
    "IdentityRow",
    "Part",
    "Revision",
    "RevisionAccount",
    "RevisionNotice",
    "Sweeper",
    "Upload",
    "UploadEvent",
    "UploadFile",
    "UploadPart",
]
