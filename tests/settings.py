"""The product's settings with a data folder of the test run's own, made before Django reads them."""

from __future__ import annotations

import atexit
import json
import os
import shutil
import tempfile
from pathlib import Path

_folder = Path(tempfile.mkdtemp(prefix="iamviz-test-"))
atexit.register(shutil.rmtree, _folder, ignore_errors=True)
os.environ["IAMVIZ_DATA"] = str(_folder)
for _name in ("REDIS_URL", "IAMVIZ_TLS", "IAMVIZ_HOSTS", "IAMVIZ_TRUST_PROXY"):
    os.environ.pop(_name, None)
# `manage.py test` runs the tests of the Django rooms on PostgreSQL, too, where one is there.
os.environ["DATABASE_URL"] = os.environ.get("IAMVIZ_TEST_DATABASE_URL", "")

from iamviz.settings import *  # noqa: E402, F403 - the folder above had to come first

# The pages name the built interface by its manifest; the tests of pages do not wait for a build.
_manifest = _folder / "manifest.json"
_manifest.write_text(json.dumps({"src/main.tsx": {"file": "main.js", "src": "src/main.tsx", "isEntry": True}}))
DJANGO_VITE = {"default": {"dev_mode": False, "manifest_path": _manifest, "static_url_prefix": "build"}}

# Argon2 takes its time on purpose, which a test that signs in a hundred times should not.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# A process that a test starts is the product, not a test.
os.environ["DJANGO_SETTINGS_MODULE"] = "iamviz.settings"
