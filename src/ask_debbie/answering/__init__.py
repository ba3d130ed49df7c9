"""Question in, Answer out. Knows no HTTP and no terminal."""
