"""Signing in and out, and the one page that the interface fills."""

from __future__ import annotations

from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_POST, require_safe

from iamviz.workspaces.models import Workspace

LOCKED_OUT = "Too many attempts with this address. Wait ten minutes, then try again."


class SignInForm(AuthenticationForm):
    """E-mail address and password. Whichever of the two is wrong, the answer is the same."""

    error_messages = {  # noqa: RUF012  # a table of the class that it extends
        "invalid_login": "This e-mail address and password do not belong together. Check both and try again.",
        "inactive": "This member has been switched off. Ask an owner of the workspace.",
    }

    def clean_username(self) -> str:
        """One address, whatever its case: else each spelling would have attempts of its own."""
        return str(self.cleaned_data["username"]).strip().lower()


class SignIn(LoginView):
    template_name = "sign_in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    return redirect("sign-in")


def locked_out(request: HttpRequest, *_: object, **__: object) -> HttpResponse:
    """What axes answers after too many attempts: the same page with the reason."""
    form = SignInForm(request, initial={"username": request.POST.get("username", "")[:254]})
    return render(request, "sign_in.html", {"form": form, "locked_out": LOCKED_OUT}, status=429)


@require_safe
@login_required
def home(request: HttpRequest) -> HttpResponse:
    """To the member's first workspace, one that has something to show before one that is empty."""
    workspaces = Workspace.objects.visible_to(request.user)
    filled = Exists(Workspace.objects.filter(pk=OuterRef("pk"), revisions__current=True))
    first = workspaces.annotate(filled=filled).order_by("-filled", "is_sample", "name", "id").first()
    if first is None:
        return redirect("settings")
    return redirect("page", first.slug, "r/latest/overview" if first.filled else "uploads")


@require_safe
@login_required
@ensure_csrf_cookie
def shell(request: HttpRequest) -> HttpResponse:
    """The page that the interface fills; it reads the address itself."""
    return render(request, "app.html")


def workspace_page(request: HttpRequest, slug: str, page: str = "") -> HttpResponse:  # noqa: ARG001  # the interface reads it
    """The same page for an address within a workspace, if it is one of the member's."""
    if request.user.is_authenticated:
        get_object_or_404(Workspace.objects.visible_to(request.user), slug=slug)
    return shell(request)
