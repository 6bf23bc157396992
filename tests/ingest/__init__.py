"""Tests of iamviz.ingest."""
