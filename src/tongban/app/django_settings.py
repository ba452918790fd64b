"""Django's settings; whatever differs between nodes comes from PageSettings."""

from django.utils.translation import gettext_lazy

from tongban.app.page_databases import on_file, on_server
from tongban.app.page_settings import handed_over

_pages = handed_over()

DEBUG = False
# The command line has set up logging for the whole process, Django's lines included.
LOGGING_CONFIG = None
SECRET_KEY = _pages.secret_key
ALLOWED_HOSTS = list(_pages.allowed_hosts)
TONGBAN_DEMO = _pages.demo
TONGBAN_SEARCH_BY_MEANING = _pages.search_by_meaning
TONGBAN_DATA_KEY = _pages.data_key

INSTALLED_APPS = [
    # Ours come first, so that their templates win over those of the libraries.
    "tongban.pages",
    "tongban.accounts",
    "tongban.demand",
    "tongban.projections",
    "tongban.portal",
    "tongban.workbench",
    "tongban.oversight",
    "tongban.agreements",
    "tongban.api",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "tongban.pages.middleware.security_headers",
    "tongban.pages.middleware.head_as_get",
    "tongban.pages.places.keep_pair",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "tongban.app.urls"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "tongban.pages.context.frame",
            ],
        },
    }
]

DATABASES = {"default": on_server(_pages.server) if _pages.server else on_file(_pages.database)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Chinese first; a reader whose browser asks for English gets English.
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", gettext_lazy("中文")), ("en", "English")]
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
WHITENOISE_MAX_AGE = 600

AUTH_USER_MODEL = "accounts.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "accounts:landing"

ACCOUNT_ADAPTER = "tongban.accounts.adapter.ClosedAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
# After five failures on one account, or thirty from one address, wait.
ACCOUNT_RATE_LIMITS = {"login_failed": "30/10m/ip,5/10m/key"}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = "Tongban"
# People here have no e-mail address that could be verified, and nothing is ever sent to one.
MFA_ALLOW_UNVERIFIED_EMAIL = True
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"

SESSION_COOKIE_AGE = 8 * 3600
SESSION_COOKIE_SECURE = _pages.https
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = _pages.https
CSRF_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_SECURE = _pages.https
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if _pages.https else 0
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# Papers of applicants are never written to a temporary file, where they would lie unsealed.
FILE_UPLOAD_HANDLERS = ["tongban.pages.uploading.SealedUploadHandler"]
# A page carries the text of an agreement on to the next (channels/messages.py).
DATA_UPLOAD_MAX_MEMORY_SIZE = 5_000_000
DATA_UPLOAD_MAX_NUMBER_FILES = 20
