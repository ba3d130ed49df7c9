"""The site: page, API and MCP, by FastAPI and Gradio."""
