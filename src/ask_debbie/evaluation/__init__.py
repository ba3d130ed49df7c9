"""Fixed questions in, figures and a report out."""
