"""What the web server loads."""

import gc
import os

from django.core.wsgi import get_wsgi_application

from liuchi.site.door import Door, Program
from liuchi.site.forwarded import Forwarded

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "liuchi.site.settings")
application: Program = Door(get_wsgi_application(), int(os.environ.get("LIUCHI_THREADS", "4")))
if proxies := os.environ.get("LIUCHI_PROXIES", ""):
    application = Forwarded(application, proxies)
# What is loaded by now stays for good, and a request leaves little behind that only the collector can find: without this
# it takes a tenth of a request.
gc.collect()
gc.freeze()
gc.set_threshold(10_000, 20, 50)
