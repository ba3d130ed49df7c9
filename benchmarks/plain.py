"""What ask-debbie is compared with: the pipeline of LangChain's tutorials, and Chroma's own embedding."""

from __future__ import annotations

import time
from pathlib import Path
from uuid import uuid4

from chromadb.utils.embedding_functions import ONNXMiniLM_L6_V2
from langchain_chroma import Chroma
from langchain_core.documents import Document
from langchain_core.embeddings import Embeddings
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import HumanMessage, SystemMessage
from langchain_text_splitters import RecursiveCharacterTextSplitter

from ask_debbie.corpus.corpus import Corpus
from ask_debbie.models.artifacts import ModelStore
from ask_debbie.retrieval.chroma_client import memory_client

PROMPT = (
    "You are an assistant for question-answering tasks. Use the following pieces of retrieved context to answer "
    "the question. If you don't know the answer, say that you don't know. Use three sentences maximum and keep "
    "the answer concise.\n\n{context}"
)


class PlainPipeline:
    """Chunks of 1,000 characters, the four nearest stuffed into the prompt, one call of the model."""

    def __init__(self, corpus: Corpus, embeddings: Embeddings, model: BaseChatModel) -> None:
        splitter = RecursiveCharacterTextSplitter(chunk_size=1000, chunk_overlap=200)
        texts = [Document(page_content=d.text) for d in corpus.documents.values()]
        # a memory client is one for the whole process: no two pipelines may share a collection
        self._store = Chroma(f"plain-{uuid4().hex}", embeddings, client=memory_client())
        self._store.add_documents(splitter.split_documents(texts))
        self._model = model

    def prompt(self, question: str) -> str:
        """The system message, with the chunks nearest to the question."""
        context = "\n\n".join(d.page_content for d in self._store.similarity_search(question, k=4))
        return PROMPT.format(context=context)

    def first_and_whole(self, question: str) -> tuple[float, float]:
        """Seconds to the model's first token, and to the end of the answer."""
        started = time.perf_counter()
        first = None
        for chunk in self._model.stream([SystemMessage(self.prompt(question)), HumanMessage(question)]):
            if chunk.content and first is None:
                first = time.perf_counter() - started
        whole = time.perf_counter() - started
        return first if first is not None else whole, whole


def chroma_default(store: ModelStore, folder: Path) -> ONNXMiniLM_L6_V2:
    """Chroma's default embedding function, with its own code and our int8 weights in the place of the fp32 file
    that it would download: that makes it faster than it is."""
    files = folder / ONNXMiniLM_L6_V2.EXTRACTED_FOLDER_NAME
    files.mkdir(parents=True)
    for name in ("config.json", "special_tokens_map.json", "tokenizer_config.json", "vocab.txt"):
        (files / name).write_text("{}")
    (files / "model.onnx").symlink_to(store.ensure("all-minilm-l6-v2"))
    (files / "tokenizer.json").symlink_to(store.ensure("all-minilm-l6-v2-tokenizer"))
    function = ONNXMiniLM_L6_V2(preferred_providers=["CPUExecutionProvider"])
    function.DOWNLOAD_PATH = folder
    return function
