"""Addresses of sign-in and of the pages that the interface draws."""

from __future__ import annotations

from django.urls import path

from iamviz.workspaces import views

urlpatterns = [
    path("", views.home, name="home"),
    path("sign-in/", views.SignIn.as_view(), name="sign-in"),
    path("sign-out/", views.sign_out, name="sign-out"),
    path("settings", views.shell, name="settings"),
    path("w/<slug:slug>", views.workspace_page, name="workspace"),
    path("w/<slug:slug>/<path:page>", views.workspace_page, name="page"),
]
