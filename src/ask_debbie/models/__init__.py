"""The engines: chat, embeddings, and the pinned files that they need."""
