"""The page: FastAPI and Gradio."""
