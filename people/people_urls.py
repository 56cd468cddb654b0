"""The addresses of the administrator's pages."""

from django.urls import path, register_converter

from people.views import invitation, people


class EmailConverter:
    """An account is known by its e-mail address; nothing else can be one."""

    regex = r"[^/@\s\x00]+@[^/@\s\x00]+"

    def to_python(self, value: str) -> str:
        """As it is kept."""
        return value

    def to_url(self, value: str) -> str:
        """As it is kept."""
        return value


register_converter(EmailConverter, "email")

urlpatterns = [
    path("", people.people, name="people"),
    path("new/", invitation.new_person, name="new_person"),
    path("<email:email>/", people.person, name="person"),
    path("<email:email>/roles/", people.give_role, name="give_role"),
    path("<email:email>/roles/end/", people.end_role, name="end_role"),
    path("<email:email>/invitation/", invitation.invite, name="invite"),
    path("<email:email>/invitation/withdraw/", invitation.withdraw_invitation, name="withdraw_invitation"),
    path("<email:email>/close/", people.close_account, name="close_account"),
    path("<email:email>/reopen/", people.reopen_account, name="reopen_account"),
]
