"""Wiring: what the operator chose in the environment, turned into Django's settings. Cheap to import; no logic."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import environ
from csp.constants import NONCE, NONE, SELF

from iamviz.api import configuration
from iamviz.operations.locations import ROOT, broker_url, data_folder
from iamviz.operations.logs import logging_settings
from iamviz.operations.secret import secret_key

env = environ.Env()

# Where everything lies
BASE_DIR = ROOT
DATA_FOLDER = data_folder()
STORAGE_FOLDER = DATA_FOLDER / "storage"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# What is never on
DEBUG = False
SECRET_KEY = secret_key(DATA_FOLDER)

# Who may reach it, and how
TLS = env.bool("IAMVIZ_TLS", default=False)
BEHIND_PROXY = env.bool("IAMVIZ_TRUST_PROXY", default=False)
ALLOWED_HOSTS: list[str] = ["localhost", "127.0.0.1", "[::1]", *env.list("IAMVIZ_HOSTS", default=[])]
CSRF_TRUSTED_ORIGINS = [f"https://{host.lstrip('.')}" for host in env.list("IAMVIZ_HOSTS", default=[]) if TLS]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
SECURE_SSL_REDIRECT = False  # health checks and the proxy itself speak plain HTTP to us; the proxy redirects people
SECURE_HSTS_SECONDS = 31_536_000 if TLS else 0
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = TLS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_NAME = "iamviz_session"
CSRF_COOKIE_NAME = "iamviz_csrf"
SESSION_COOKIE_AGE = int(timedelta(days=7).total_seconds())
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:", "blob:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "worker-src": [SELF, "blob:"],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    },
}

INSTALLED_APPS = [
    "iamviz.workspaces",
    "iamviz.snapshots",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "rest_framework",
    "knox",
    "django_filters",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "django_vite",
    "csp",
    "axes",
]

MIDDLEWARE = [
    "iamviz.operations.requests.log_requests",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "iamviz.urls"
WSGI_APPLICATION = "iamviz.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
            ],
        },
    },
]

# Database: SQLite in the data folder, or DATABASE_URL
SQLITE: dict[str, Any] = {
    "ENGINE": "django.db.backends.sqlite3",
    "NAME": DATA_FOLDER / "iamviz.sqlite3",
    "OPTIONS": {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA busy_timeout=20000;",
    },
}
POSTGRESQL: dict[str, Any] = {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
DATABASES: dict[str, Any] = {
    "default": {**env.db_url("DATABASE_URL"), **POSTGRESQL} if os.environ.get("DATABASE_URL") else SQLITE,
}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": STORAGE_FOLDER}},
    # Not the manifest storage: Vite has hashed its files already, hashing them twice breaks their imports.
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedStaticFilesStorage"},
}

# Signing in
AUTH_USER_MODEL = "workspaces.Member"
KNOX_TOKEN_MODEL = "workspaces.Token"  # noqa: S105 - the name of a model
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "/sign-in/"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/sign-in/"
AXES_USERNAME_FORM_FIELD = "username"  # the form's field, not the model's: without it no failure has a name
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=10)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_DISABLE_ACCESS_LOG = True
AXES_LOCKOUT_CALLABLE = "iamviz.workspaces.views.locked_out"
AXES_VERBOSE = False

# Uploads stream to the data folder; their own limits are iamviz.ingest's
FILE_UPLOAD_HANDLERS = ["iamviz.snapshots.incoming.HashingUploadHandler"]
FILE_UPLOAD_TEMP_DIR = DATA_FOLDER / "incoming"
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
DATA_UPLOAD_MAX_NUMBER_FILES = 5_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

# REST: the API's room knows what it needs
REST_FRAMEWORK = configuration.REST_FRAMEWORK
REST_KNOX = configuration.REST_KNOX
SPECTACULAR_SETTINGS = configuration.SPECTACULAR_SETTINGS

# The interface, and what is served as it lies
STATIC_URL = "/static/"
STATICFILES_DIRS = [ROOT / "static"]
WHITENOISE_USE_FINDERS = True  # the files are few and are served as they lie in static/: nothing to collect
WHITENOISE_AUTOREFRESH = False
WHITENOISE_ALLOW_ALL_ORIGINS = False
WHITENOISE_IMMUTABLE_FILE_TEST = r"^/static/build/.+[-.][A-Za-z0-9_-]{8,}\.\w+$"
DJANGO_VITE = {
    "default": {
        "dev_mode": False,
        "manifest_path": ROOT / "static" / "build" / "manifest.json",
        "static_url_prefix": "build",
    },
}

# The queue: rows hold the truth, a task is a nudge with an id in it, delivered at least once
CELERY_BROKER_URL = broker_url(DATA_FOLDER)
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 3600,
    "global_keyprefix": env.str("IAMVIZ_QUEUE_PREFIX", default=""),
}
CELERY_TASK_DEFAULT_QUEUE = "iamviz"
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_PUBLISH_RETRY_POLICY = {"max_retries": 2, "interval_start": 0, "interval_step": 0.2}
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_WORKER_SEND_TASK_EVENTS = False
CELERY_WORKER_MAX_TASKS_PER_CHILD = 200
CELERY_WORKER_MAX_MEMORY_PER_CHILD = 600_000  # KiB: a child that grew beyond this is replaced after its task
CELERY_TIMEZONE = "UTC"

# Words and times
LANGUAGE_CODE = "en-us"
USE_I18N = False
USE_TZ = True
TIME_ZONE = "UTC"

LOGGING = logging_settings(level=env.str("IAMVIZ_LOG_LEVEL", default="INFO"))
SILENCED_SYSTEM_CHECKS: list[str] = []
TEST_RUNNER = "django.test.runner.DiscoverRunner"

for folder in (STORAGE_FOLDER, Path(FILE_UPLOAD_TEMP_DIR)):
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
