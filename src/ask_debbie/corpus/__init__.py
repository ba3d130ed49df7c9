"""Files in, Documents and Passages out. Knows no model and no store."""
