"""A corpus in, findings out: what a careful friend would say before it goes online."""
