"""iamviz: who can become whom in an AWS organization, under which conditions, and why."""
