"""Every setting, read from the environment; without one the product runs as the demonstration on its own database."""

from pathlib import Path

from environs import Env

from config import fitness, localpg, secretkey

env = Env()
BASE_DIR = Path(__file__).resolve().parent.parent
VAR = Path(env.str("IMPROVEMENT_VAR", str(BASE_DIR / "var")))


PRODUCTION = env.bool("PRODUCTION", False)
DEBUG = False
SECRET_KEY = env.str("SECRET_KEY", "") or ("" if PRODUCTION else secretkey.secret_key())
# Kept while a key is being changed, so that what the old one encrypted can still be read.
SECRET_KEY_FALLBACKS: list[str] = env.list("SECRET_KEY_FALLBACKS", [])
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", ["127.0.0.1", "localhost", "[::1]"])
CSRF_TRUSTED_ORIGINS: list[str] = env.list("CSRF_TRUSTED_ORIGINS", [])

INSTALLED_APPS = [
    "people",
    "sources",
    "improvement",
    "monitoring",
    "reports",
    "demonstration",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.mfa",
    "pgtrigger",
    "csp",
    "rest_framework",
    "django_filters",
    "drf_spectacular",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "people.access.Hush",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "people.sitting.Sitting",
    "people.access.TokenSignIn",
    "people.unsaved.SignedIn",
    "people.second_factor.SecondFactor",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "sources.seals.StampedTransaction",
    "monitoring.views.caught_up.CaughtUp",
    "sources.openly.StoppedWords",
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
APPEND_SLASH = True

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {
            "environment": "config.jinja.environment",
            "context_processors": [
                "django.contrib.messages.context_processors.messages",
                "sources.context.page",
            ],
        },
    },
    {"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True},
]

if env.str("DATABASE_URL", ""):
    DATABASES = {
        "default": env.dj_db_url("DATABASE_URL"),
        "owner": env.dj_db_url("DATABASE_OWNER_URL", env.str("DATABASE_URL")),
    }
else:
    DATABASES = {alias: dict(of) for alias, of in localpg.databases().items()}
    DATABASES["default"] = DATABASES.pop("web")
for _database in DATABASES.values():
    _database |= {"ENGINE": "django.db.backends.postgresql", "CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True}
    _database.setdefault("OPTIONS", {})
DATABASES["default"]["OPTIONS"] |= {
    "options": "-c statement_timeout=5000 -c lock_timeout=2000 -c idle_in_transaction_session_timeout=30000"
}
# What every worker must know of at once: codes that were used and how often somebody has tried. Nothing else is kept.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "people_tries",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    },
    "throttles": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
}
DATABASE_ROUTERS = ["config.routes.OwnerMigrates"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "people.Person"
LOGIN_URL = "sign_in"
CSRF_FAILURE_VIEW = "people.views.refusals.not_from_our_page"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "sign_in"
ACCOUNT_ADAPTER = "people.adapters.Accounts"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_FORMS = {"login": "people.sign_forms.SignInForm", "reauthenticate": "people.sign_forms.AgainForm"}
ACCOUNT_LOGIN_METHODS = {"email"}
# No cap on sign-ins from one address, where a whole council may be: wrong guesses are capped (people/guessing.py).
# The other is for codes of the second factor, by person.
ACCOUNT_RATE_LIMITS = {"login": None, "login_failed": "10/15m/key"}
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXIES", 0)
MFA_ADAPTER = "people.adapters.SecondFactors"
MFA_FORMS = {
    "authenticate": "people.sign_forms.SecondFactorForm",
    "reauthenticate": "people.sign_forms.SecondFactorAgainForm",
    "activate_totp": "people.sign_forms.FirstCodeForm",
    "add_webauthn": "people.sign_forms.PasskeyForm",
    "authenticate_webauthn": "people.sign_forms.ShownPasskeyForm",
    "reauthenticate_webauthn": "people.sign_forms.PasskeyAgainForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_TOLERANCE = 1
# Those who may see what is sealed show two factors; the demonstration, where nothing is secret, asks nobody.
SECOND_FACTOR_COMPULSORY = env.bool("SECOND_FACTOR_COMPULSORY", PRODUCTION)
# The council's own sign-in, if there is one.
OIDC_SERVER_URL = env.str("OIDC_SERVER_URL", "")
OIDC_NAME = env.str("OIDC_NAME", "your council account")
OIDC_PROVES_SECOND_FACTOR = env.bool("OIDC_PROVES_SECOND_FACTOR", False)
SOCIALACCOUNT_ADAPTER = "people.council_sign_in.CouncilSignIn"
# A link begins it, because our policy lets forms lead nowhere but here.
SOCIALACCOUNT_LOGIN_ON_GET = True
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": []}}
if OIDC_SERVER_URL:
    SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"] = [
        {
            "provider_id": "council",
            "name": OIDC_NAME,
            "client_id": env.str("OIDC_CLIENT_ID"),
            "secret": env.str("OIDC_CLIENT_SECRET"),
            # Where the provider does not say which addresses it has verified, the council may vouch for its own.
            "settings": {"server_url": OIDC_SERVER_URL, "verified_email": env.bool("OIDC_VOUCHES_FOR_EMAIL", False)},
        }
    ]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
# A second list, such as one of breached passwords: in small letters, one a line, plain or gzipped.
if BREACHED_PASSWORDS := env.str("BREACHED_PASSWORDS", ""):
    AUTH_PASSWORD_VALIDATORS.append(
        {
            "NAME": "django.contrib.auth.password_validation.CommonPasswordValidator",
            "OPTIONS": {"password_list_path": BREACHED_PASSWORDS},
        }
    )

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_I18N = False
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
# Compressing the documentation page's scripts takes most of a minute, which only a production server earns back.
_STATIC = "whitenoise.storage.CompressedManifest" if PRODUCTION else "django.contrib.staticfiles.storage.Manifest"
STORAGES = {"staticfiles": {"BACKEND": f"{_STATIC}StaticFilesStorage"}}
WHITENOISE_MANIFEST_STRICT = False

SESSION_COOKIE_AGE = 12 * 60 * 60  # and half an hour without a word: people/sessions.py
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
if PRODUCTION:
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-session", "__Host-csrf"
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = True
    if ALLAUTH_TRUSTED_PROXY_COUNT:
        SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS, SECURE_HSTS_INCLUDE_SUBDOMAINS, SECURE_HSTS_PRELOAD = 31_536_000, True, True
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
DATA_UPLOAD_MAX_NUMBER_FILES = 20
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
# Not in a folder that everybody shares: what a killed worker leaves there may be sealed.
FILE_UPLOAD_TEMP_DIR = VAR / "uploads"
FILE_UPLOAD_TEMP_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)

REST_FRAMEWORK = {
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "people.api.AlreadySignedIn",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_PAGINATION_CLASS": "people.pages.Pages",
    "DEFAULT_THROTTLE_CLASSES": ["people.hurry.Unhurried"],
    "EXCEPTION_HANDLER": "people.api.answer_with_a_sentence",
    "UNAUTHENTICATED_USER": None,
    "URL_FORMAT_OVERRIDE": None,
}
API_RATE = env.str("API_RATE", "600/min")
SPECTACULAR_SETTINGS = {
    "TITLE": "Improvement plan API",
    "DESCRIPTION": "The improvement plan, its actions, visits and papers, as the person who asks may see them.",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["rest_framework.permissions.IsAuthenticated"],
    # Names for choices that several collections call by one word.
    "ENUM_NAME_OVERRIDES": {
        "FindingKindEnum": "improvement.models.Finding.Kind",
        "SourceKindEnum": "sources.models.Source.Kind",
        "TermsKindEnum": "sources.models.Seal.Kind",
        "EvidenceKindEnum": "monitoring.models.Evidence.Kind",
        "ResourceKindEnum": "monitoring.models.Resource.Kind",
        "LeadKindEnum": "improvement.models.Lead.Kind",
        "BodyKindEnum": "people.models.Body.Kind",
        "BlockKindEnum": "reports.shapes.KINDS",
    },
}

# The council's mail server; where none is named, no e-mail is sent and nobody is told that one was.
EMAIL_HOST, EMAIL_PORT, EMAIL_TIMEOUT = env.str("EMAIL_HOST", ""), env.int("EMAIL_PORT", 587), 10
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = env.str("EMAIL_HOST_USER", ""), env.str("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_SSL = env.bool("EMAIL_USE_SSL", False)
EMAIL_USE_TLS = env.bool("EMAIL_USE_TLS", not EMAIL_USE_SSL)
DEFAULT_FROM_EMAIL = env.str("EMAIL_FROM", f"no-reply@{ALLOWED_HOSTS[0]}")

# What the links in e-mails begin with, since whatever sends them by night is asked by no browser.
SITE_ADDRESS = env.str("SITE_ADDRESS", f"https://{ALLOWED_HOSTS[0]}" if PRODUCTION else "http://127.0.0.1:8000").rstrip(
    "/"
)

PAPERS_CACHE = VAR / "papers"
FILE_STORE = Path(env.str("FILE_STORE", str(VAR / "files")))
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"linkless": {"()": "config.linkless.Linkless"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "filters": ["linkless"]}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"django.request": {"handlers": ["console"], "level": "ERROR", "propagate": False}},
}

# Asked here, since whatever serves the product or runs a command of it reads this file first.
fitness.refuse(fitness.list_objection(BREACHED_PASSWORDS))
if PRODUCTION:
    fitness.refuse(
        fitness.key_objection(SECRET_KEY, own=secretkey.kept()),
        fitness.mail_objection(EMAIL_HOST, is_encrypted=EMAIL_USE_TLS or EMAIL_USE_SSL),
    )
