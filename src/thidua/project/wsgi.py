"""The WSGI application that granian serves."""

import os

from django.core.wsgi import get_wsgi_application

from thidua.project.cli import less_searching

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "thidua.project.settings")
less_searching()
application = get_wsgi_application()
