"""The REST API: one file per resource, serializer and view together; no logic in serializers."""
