"""Passages in, evidence out."""
