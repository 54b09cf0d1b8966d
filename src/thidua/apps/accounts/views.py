"""Signing in and out: Django's own views with our page."""

from django.contrib.auth.views import LoginView, LogoutView
from django.utils.translation import gettext_lazy as _

from thidua.apps.accounts.forms import SignInForm


class SignInView(LoginView):
    """The sign-in page; a user who is in goes home."""

    template_name = "accounts/sign_in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True
    extra_context = {"title": _("Đăng nhập")}


class SignOutView(LogoutView):
    """Signs out by POST."""
