"""What somebody has in, a corpus folder out."""
