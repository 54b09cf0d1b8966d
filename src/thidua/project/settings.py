"""Django's settings, from the environment where an installation may set them.

Where the database lives is said in ``postgres.py``. ``docs/operate.md`` names every variable; a test compares.
"""

import os
import secrets
from pathlib import Path

import dj_database_url

from thidua.project.postgres import data_directory, embedded_url

PACKAGE = Path(__file__).resolve().parent.parent
DATA_DIR = data_directory()
DATABASE_NAME = os.environ.get("THIDUA_DATABASE", "thidua")


def _secret_key() -> str:
    """The key of this installation: from the environment, else made once and kept beside the data."""
    if given := os.environ.get("THIDUA_SECRET_KEY"):
        return given
    kept = DATA_DIR / "secret-key"
    DATA_DIR.mkdir(parents=True, exist_ok=True)
    try:
        with open(os.open(kept, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as stream:
            stream.write(secrets.token_urlsafe(50))
    except FileExistsError:
        pass
    return kept.read_text().strip()


SECRET_KEY = _secret_key()
DEBUG = False
ALLOWED_HOSTS = os.environ.get("THIDUA_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [origin for origin in os.environ.get("THIDUA_ORIGINS", "").split(",") if origin]
HTTPS = os.environ.get("THIDUA_HTTPS", "") == "1"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django_scopes",
    "thidua.apps.audit",
    "thidua.apps.units",
    "thidua.apps.accounts",
    "thidua.apps.files",
    "thidua.apps.policy",
    "thidua.apps.campaigns",
    "thidua.apps.registrations",
    "thidua.apps.records",
    "thidua.apps.evaluations",
    "thidua.apps.councils",
    "thidua.apps.initiatives",
    "thidua.apps.nominations",
    "thidua.apps.decisions",
    "thidua.apps.honours",
    "thidua.apps.reports",
    "thidua.apps.desk",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "thidua.project.language.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "thidua.apps.accounts.middleware.ActorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "thidua.project.headers.ContentSecurityPolicyMiddleware",
    "thidua.project.tables.TableMiddleware",
]

ROOT_URLCONF = "thidua.project.urls"
WSGI_APPLICATION = "thidua.project.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "project" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "thidua.project.context.site",
            ],
        },
    }
]

DATABASES = {
    "default": dj_database_url.parse(
        os.environ.get("DATABASE_URL") or embedded_url(DATABASE_NAME),
        conn_max_age=600,
        conn_health_checks=True,
    )
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "accounts:sign-in"
LOGIN_REDIRECT_URL = "desk:home"
LOGOUT_REDIRECT_URL = "accounts:sign-in"

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Ho_Chi_Minh"
DATE_FORMAT = "d/m/Y"
FORMAT_MODULE_PATH = ["thidua.project.formats"]

STATIC_URL = "/static/"
STATICFILES_DIRS = [PACKAGE / "project" / "static"]
WHITENOISE_USE_FINDERS = True
SHIPPED_PACKS = PACKAGE.parent.parent / "packs"
SETUP_TOKEN = os.environ.get("THIDUA_SETUP_TOKEN", "")  # made by ``thidua serve`` while there is no agency
OPEN_BEFORE_CLOSING = "thidua.project.pipeline.open_before_closing"  # what the apps below campaigns have still to do
RESTS_ON_IMPORT = "thidua.project.pipeline.rests_on_import"  # what the apps below records did with what came in
FILES_ROOT = DATA_DIR / "files"

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"stderr": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}
