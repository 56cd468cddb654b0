"""What stands under a seal is rated by the scheme in force before anybody who may see it is shown anything."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from monitoring.settling import catch_up
from monitoring.views.which import moment


class CaughtUp:
    """One question more for those who are cleared on something, and none for anybody else."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.is_cleared:  # type: ignore[attr-defined]
            now, _ = moment()
            catch_up(at=now)
        return self.get_response(request)
