"""Every address of the product, and beside it the bare views that it is measured against."""

from django.urls import path

from benchmarks import bare
from config.urls import handler400, handler403, handler404, handler500
from config.urls import urlpatterns as products

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

urlpatterns = [
    *products,
    path("bare/my-actions/", bare.my_actions),
    path("bare/actions/", bare.actions),
    path("bare/actions/<number:number>/", bare.action),
    path("bare/actions/<number:number>/update/", bare.update),
    path("bare/dashboard/", bare.dashboard),
    path("bare/api/actions/", bare.api_actions),
]
