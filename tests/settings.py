"""The product's settings with a data folder of the test run's own, made before Django reads them."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile

_folder = tempfile.mkdtemp(prefix="iamviz-test-")
atexit.register(shutil.rmtree, _folder, ignore_errors=True)
os.environ["IAMVIZ_DATA"] = _folder
for _name in ("DATABASE_URL", "REDIS_URL", "IAMVIZ_TLS", "IAMVIZ_HOSTS", "IAMVIZ_TRUST_PROXY"):
    os.environ.pop(_name, None)

from iamviz.settings import *  # noqa: E402, F403 - the folder above had to come first

# A process that a test starts is the product, not a test.
os.environ["DJANGO_SETTINGS_MODULE"] = "iamviz.settings"
