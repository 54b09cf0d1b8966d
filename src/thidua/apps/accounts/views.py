"""Signing in and out; units, people and accounts as an agency keeps them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from thidua.apps.accounts import actions, forms, queries
from thidua.apps.accounts.access import may_manage_accounts, require
from thidua.apps.accounts.actions.users import WHO
from thidua.apps.accounts.forms import ActForm, SignInForm
from thidua.apps.accounts.middleware import ActorRequest
from thidua.apps.accounts.models import User
from thidua.apps.units.models import Agency, Person, Post, Unit


class SignInView(LoginView):
    """The sign-in page; a user who is in goes home. Says so when there is nothing to sign in to yet."""

    template_name = "accounts/sign_in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True
    extra_context = {"title": gettext_lazy("Đăng nhập")}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """As Django's, and whether an agency has been founded."""
        return super().get_context_data(founded=Agency.objects.exists(), **kwargs)


class SignOutView(LogoutView):
    """Signs out by POST."""


@dataclass(frozen=True)
class Deed:
    """One act that a page offers: its verb in the address, the words on its button, its form, what is given."""

    verb: str
    label: str
    form: ActForm
    act: Callable[..., Any]
    given: dict[str, Any]
    said: str


@dataclass(frozen=True)
class Offer:
    """Makes the deeds of one request: the form that was sent is bound, the others are empty."""

    request: ActorRequest

    def __call__(
        self,
        verb: str,
        label: str,
        form: type[ActForm],
        act: Callable[..., Any],
        *,
        initial: dict[str, Any] | None = None,
        said: str = "",
        **given: Any,
    ) -> Deed:
        """A deed with its form."""
        sent = self.request.method == "POST" and self.request.GET.get("act") == verb
        filled = form(self.request.POST if sent else None, prefix=verb, initial=initial)
        return Deed(verb, label, filled, act, given, said or _("Đã ghi."))


def do_one(request: ActorRequest, deeds: list[Deed]) -> Deed | None:
    """Do the deed that was sent, when its form allows; None when nothing was done."""
    for deed in deeds:
        if deed.form.is_bound and deed.form.submit(deed.act, actor=request.actor, **deed.given):
            return deed
    return None


def managed(request: ActorRequest) -> Offer:
    """The offers of a page that only those who manage may see. Raises Refused."""
    require(may_manage_accounts(request.actor), WHO)
    return Offer(request)


def again(request: ActorRequest, deed: Deed, route: str, *args: int) -> HttpResponse:
    """Back to a page after a deed, with what was done said on it."""
    messages.success(request, deed.said)
    return redirect(route, *args)


@login_required
def units(request: ActorRequest) -> HttpResponse:
    """The units, searched and paged, and a new one."""
    offer, words = managed(request), request.GET.get("q", "").replace("\0", "").strip()
    deeds = [offer("add", _("Thêm đơn vị"), forms.UnitForm, actions.found_unit, said=_("Đã thêm đơn vị."))]
    if deed := do_one(request, deeds):
        return again(request, deed, "accounts:unit", deed.form.result.pk)
    page = queries.unit_lines(words, request.GET.get("trang"))
    return render(request, "accounts/units.html", {"page": page, "words": words, "deeds": deeds})


@login_required
def unit(request: ActorRequest, pk: int) -> HttpResponse:
    """One unit: what became of it, and what may be done with it."""
    offer, found = managed(request), get_object_or_404(Unit.objects.select_related("parent"), pk=pk)
    as_is = {"name": found.name, "kind": found.kind}
    deeds = [
        offer(
            "correct", _("Sửa tên ghi sai"), forms.UnitCorrectionForm, actions.correct_unit, initial=as_is, unit=found
        )
    ]
    if found.until is None:
        deeds += [
            offer("rename", _("Đổi tên từ một ngày"), forms.RenamingForm, actions.rename_unit, unit=found),
            offer("merge", _("Sáp nhập vào đơn vị khác"), forms.MergerForm, actions.merge_units, before=found),
            offer("end", _("Kết thúc hoạt động"), forms.LastDayForm, actions.end_unit, unit=found),
        ]
    else:
        deeds.append(offer("reopen", _("Mở lại đơn vị"), forms.BecauseForm, actions.reopen_unit, unit=found))
    if deed := do_one(request, deeds):
        return again(request, deed, "accounts:unit", pk)
    context = {
        "unit": found,
        "after": found.successors.select_related("after"),
        "before": found.predecessors.select_related("before"),
        "deeds": deeds,
    }
    return render(request, "accounts/unit.html", context)


@login_required
def people(request: ActorRequest) -> HttpResponse:
    """The people, searched and paged, and a new one."""
    offer, words = managed(request), request.GET.get("q", "").replace("\0", "").strip()
    deeds = [offer("add", _("Thêm người"), forms.PersonForm, actions.take_on, said=_("Đã thêm người."))]
    if deed := do_one(request, deeds):
        return again(request, deed, "accounts:person", deed.form.result.pk)
    page, lines = queries.staff_lines(words, request.GET.get("trang"))
    return render(request, "accounts/people.html", {"page": page, "lines": lines, "words": words, "deeds": deeds})


@login_required
def person(request: ActorRequest, pk: int) -> HttpResponse:
    """One person: posts from day to day, the account, and what may be done."""
    offer, found = managed(request), get_object_or_404(Person.objects.all(), pk=pk)
    posts, user = queries.posts_of(found), User.objects.filter(person=found).first()
    title = {"title": posts[0].title} if posts else {}
    deeds = [
        offer("transfer", _("Điều chuyển"), forms.TransferForm, actions.transfer, initial=title, person=found),
        offer("post", _("Thêm vị trí"), forms.PostForm, actions.give_post, person=found),
        offer("end", _("Nghỉ việc, chuyển đi, nghỉ hưu"), forms.LastDayForm, actions.end_service, person=found),
    ]
    password = queries.one_time_password()
    if user is None:
        given: dict[str, Any] = {"password": password, "person": found, "one_time": True}
        deeds.append(offer("open", _("Mở tài khoản"), forms.UsernameForm, actions.open_account, **given))
    deed = do_one(request, deeds)
    if deed and deed.verb == "open":
        return _told(request, deed.form.result, password)
    if deed:
        return again(request, deed, "accounts:person", pk)
    return render(request, "accounts/person.html", {"person": found, "posts": posts, "user": user, "deeds": deeds})


@login_required
def post(request: ActorRequest, pk: int) -> HttpResponse:
    """One post, to be corrected or withdrawn."""
    offer = managed(request)
    found = get_object_or_404(Post.objects.current().select_related("person", "unit"), pk=pk)
    as_is = {"title": found.title, "since": found.since, "until": found.until}
    deeds = [
        offer("correct", _("Sửa vị trí"), forms.PostCorrectionForm, actions.correct_post, initial=as_is, post=found),
        offer("withdraw", _("Rút vị trí ghi nhầm"), forms.BecauseForm, actions.withdraw_post, post=found),
    ]
    if deed := do_one(request, deeds):
        return again(request, deed, "accounts:person", found.person_id)
    return render(request, "accounts/post.html", {"post": found, "deeds": deeds})


@login_required
def users(request: ActorRequest) -> HttpResponse:
    """The accounts with their roles of today, searched and paged."""
    offer, words = managed(request), request.GET.get("q", "").replace("\0", "").strip()
    password = queries.one_time_password()
    given: dict[str, Any] = {"password": password, "one_time": True}
    deeds = [offer("open", _("Mở tài khoản không gắn với người"), forms.UsernameForm, actions.open_account, **given)]
    if deed := do_one(request, deeds):
        return _told(request, deed.form.result, password)
    page, held = queries.accounts_of(request.actor.agency, words, request.GET.get("trang"))
    lines = [(user, held.get(user.pk, [])) for user in page.object_list]
    return render(request, "accounts/users.html", {"page": page, "lines": lines, "words": words, "deeds": deeds})


@login_required
def user(request: ActorRequest, pk: int) -> HttpResponse:
    """One account: roles in time, a new one-time password, closing and reopening."""
    offer = managed(request)
    found = get_object_or_404(User.objects.filter(agency=request.actor.agency), pk=pk)
    grants, password = queries.grants_of(found), queries.one_time_password()
    given: dict[str, Any] = {"password": password, "one_time": True}
    ends = [
        offer(f"end-{grant.pk}", _("Kết thúc vai trò"), forms.LastDayForm, actions.end_role, grant=grant)
        for grant in grants
        if grant.until is None
    ]
    deeds = [
        offer("grant", _("Giao vai trò"), forms.GrantForm, actions.grant_role, user=found),
        offer("password", _("Cấp mật khẩu dùng một lần"), ActForm, actions.set_password, user=found, **given),
    ]
    if found.is_active:
        deeds.append(offer("close", _("Đóng tài khoản"), forms.BecauseForm, actions.close_account, user=found))
    else:
        deeds.append(offer("reopen", _("Mở lại tài khoản"), forms.BecauseForm, actions.reopen_account, user=found))
    deed = do_one(request, [*deeds, *ends])
    if deed and deed.verb == "password":
        return _told(request, found, password)
    if deed:
        return again(request, deed, "accounts:user", pk)
    ended_by = {deed.given["grant"].pk: deed for deed in ends}
    lines = [(grant, ended_by.get(grant.pk)) for grant in grants]
    return render(request, "accounts/user.html", {"account": found, "lines": lines, "deeds": deeds})


@login_required
def own_password(request: ActorRequest) -> HttpResponse:
    """One's own password; the first thing after signing in with a one-time one."""
    form, account = forms.OwnPasswordForm(request.POST if request.method == "POST" else None), request.user
    if form.is_bound and form.submit(actions.change_own_password, actor=request.actor, user=account):
        update_session_auth_hash(request, account)  # type: ignore[arg-type]  # login_required: never anonymous
        messages.success(request, _("Đã đổi mật khẩu."))
        return redirect("desk:home")
    return render(request, "accounts/own_password.html", {"form": form})


def _told(request: ActorRequest, account: User, password: str) -> HttpResponse:
    """The only page that ever shows a one-time password; nothing keeps it."""
    answer = render(request, "accounts/password.html", {"account": account, "password": password})
    answer.headers["Cache-Control"] = "no-store"
    return answer
