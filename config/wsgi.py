"""The door that the web server knocks on."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = get_wsgi_application()

# Records can be read only now that the application stands.
from config.serving import refuse_unfit_database  # noqa: E402

refuse_unfit_database()
