"""Settings of one installation. What one school decides once is not a setting: see DESIGN in docs/architecture.md."""

from pathlib import Path

from django.utils.csp import CSP
from django.utils.translation import gettext_lazy as _

from sqcuola import __version__
from sqcuola.config import access, env, mail, sharing
from sqcuola.config.rehearsal import mode as rehearsal
from sqcuola.kernel.logs import LOGGING as PLAIN_LINES

MODE = env.mode()
PRODUCTION = MODE == "production"
HOME = env.home()
SECRET_KEY = env.secret_key(HOME, MODE)
DEBUG = False
REHEARSAL = env.flag("SQCUOLA_REHEARSAL")
rehearsal.refuse_in_production(MODE, rehearsal=REHEARSAL)
if REHEARSAL:
    rehearsal.begin(HOME)

SITE_URL = env.text("SQCUOLA_URL", "http://127.0.0.1:8000").rstrip("/")
ALLOWED_HOSTS = env.hosts(SITE_URL)
CSRF_TRUSTED_ORIGINS = [SITE_URL] if SITE_URL.startswith("https://") else []

ROOMS = [
    # floor 9
    "sqcuola.desk",
    "sqcuola.front",
    # floor 5
    "sqcuola.admissions",
    "sqcuola.classroom",
    # floor 4
    "sqcuola.questions",
    "sqcuola.marking",
    # floor 3
    "sqcuola.notices",
    # floor 2
    "sqcuola.editions",
    # floor 1
    "sqcuola.people",
    # floor 0
    "sqcuola.ui",
    "sqcuola.kernel",
]

INSTALLED_APPS = [
    "sqcuola.config",
    *ROOMS,
    "django.contrib.admin.apps.SimpleAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_cotton.apps.SimpleAppConfig",
    "django_htmx",
    "django_tasks_db",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "sqcuola.kernel.middleware.whole_forms",  # first: what reads a broken form after another finds an empty one
    "sqcuola.kernel.middleware.plain_words",
    "sqcuola.kernel.middleware.at",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "sqcuola.kernel.middleware.Measured",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "sqcuola.people.middleware.Fences",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "sqcuola.config.urls"
DECLARED_URLS = access.DECLARED
CSRF_FAILURE_VIEW = "sqcuola.kernel.errors.stale"
LOGGING = PLAIN_LINES
WSGI_APPLICATION = "sqcuola.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django_cotton.cotton_loader.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                ),
            ],
            "builtins": [
                "django_cotton.templatetags.cotton",
                "django.templatetags.i18n",
                "sqcuola.ui.templatetags.addresses",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]
COTTON_DIR = "components"
COTTON_ISOLATE_BY_DEFAULT = True
FORM_RENDERER = "sqcuola.ui.forms.Renderer"

DATABASES = env.databases(HOME)
# For what may be some seconds old: one store a process, or one that all machines share.
CACHES = {
    "default": sharing.cache(env.text("SQCUOLA_CACHE_URL"), mode=MODE, version=__version__, secret=SECRET_KEY)
}
DATABASE_ROUTERS = ["sqcuola.config.routers.AnswersRouter"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "people.Person"

# Getting in. Codes by mail are ours, the second factor is allauth's; how often is counted by people.limits.
LOGIN_URL = "/enter/"
LOGIN_REDIRECT_URL = "/desk/"
LOGOUT_REDIRECT_URL = "/"
SECOND_FACTOR_REQUIRED = PRODUCTION and not REHEARSAL
BEHIND_PROXY = env.flag("SQCUOLA_BEHIND_PROXY")
AUTHENTICATION_BACKENDS = ["sqcuola.people.backend.House"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ACCOUNT_ADAPTER = "sqcuola.people.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_RATE_LIMITS = False
MFA_ADAPTER = "sqcuola.people.adapters.MFAAdapter"
MFA_SUPPORTED_TYPES = ["recovery_codes", "totp", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_REAUTHENTICATION_REQUIRED = False  # people.views.pages.fresh asks, with a code by mail
MFA_TOTP_TOLERANCE = 1
MFA_RATE_LIMITS = False
MFA_FORMS = {
    "authenticate": "sqcuola.people.forms.second.AuthenticateForm",
    "activate_totp": "sqcuola.people.forms.second.ActivateForm",
    "add_webauthn": "sqcuola.people.forms.second.AddPasskeyForm",
}
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not PRODUCTION

# Seconds between two looks at an empty queue; looking takes no write lock. A rehearsal waits for its worker at every turn.
WORKER_LOOKS_EVERY = 0.05 if REHEARSAL else 0.5
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}

MAIL = mail.road(env.text("SQCUOLA_MAIL_URL"), HOME)
# A provider's own settings: ANYMAIL_POSTMARK_SERVER_TOKEN, for example. With ANYMAIL_WEBHOOK_SECRET it may tell us what came back.
ANYMAIL = env.beginning_with("ANYMAIL_")
MAIL_EVENTS = MAIL.provider if ANYMAIL.get("WEBHOOK_SECRET") else ""
MAILERS = {"default": {"BACKEND": MAIL.backend, "OPTIONS": MAIL.options}}
DEFAULT_FROM_EMAIL = env.text("SQCUOLA_MAIL_FROM", "SQcuola <nobody@sqcuola.example>")

KEEP_PAGES = MODE != "test"  # public pages stay in memory for some seconds

LANGUAGE_CODE = "it"
LANGUAGES = [("it", _("Italian")), ("en", _("English"))]
TIME_ZONE = "Europe/Rome"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
UPLOADS = HOME / "uploads"
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "sqcuola.kernel.files.bounding.Bounding",
]
WHITENOISE_USE_FINDERS = not PRODUCTION
STORAGES = {
    **sharing.files(env.text("SQCUOLA_FILES_URL"), home=HOME),
    # In production a file is named by its content, so that browsers keep it for ever.
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}

PASSWORD_HASHERS = [
    rehearsal.CHEAP_HASHER if REHEARSAL else "django.contrib.auth.hashers.Argon2PasswordHasher"
]
SESSION_ENGINE = "sqcuola.people.sessions"
SESSION_COOKIE_SECURE = SITE_URL.startswith("https://")
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = SESSION_COOKIE_SECURE
CSRF_COOKIE_HTTPONLY = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
SECURE_HSTS_SECONDS = 31_536_000 if PRODUCTION and SESSION_COOKIE_SECURE else 0
if env.flag("SQCUOLA_BEHIND_PROXY"):
    # Only a front server that always sets this header may be believed: see docs/operations.md.
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
    "manifest-src": [CSP.SELF],
}

BASE = Path(__file__).resolve().parent
