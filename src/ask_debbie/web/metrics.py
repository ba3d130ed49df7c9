"""What the owner can watch: counts, times and dollars, for Prometheus."""

from __future__ import annotations

import hmac
import ipaddress

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from ask_debbie.answering.answer import Answer
from ask_debbie.models.spend import Spend
from ask_debbie.settings import Settings

_SECONDS = (0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120)


class Metrics:
    """The site's metrics, in a registry of its own."""

    def __init__(self, settings: Settings, spend: Spend | None) -> None:
        self.registry = CollectorRegistry()
        self._token = settings.metrics_token.get_secret_value() if settings.metrics_token else None
        self.asking = Gauge(
            "ask_debbie_answers_in_progress", "Questions that are being answered.", registry=self.registry
        )
        self.abandoned = Counter(
            "ask_debbie_abandoned", "Questions whose asker left.", ["door"], registry=self.registry
        )
        self.failed = Counter(
            "ask_debbie_failed", "Questions on which something broke.", ["door"], registry=self.registry
        )
        self.refused = Counter(
            "ask_debbie_refused",
            "Requests refused, by the limit that they passed.",
            ["limit"],
            registry=self.registry,
        )
        self._answers = Counter(
            "ask_debbie_answers", "Answers.", ["door", "status", "engine"], registry=self.registry
        )
        self._tokens = Counter(
            "ask_debbie_tokens", "Tokens of the writing model.", ["engine", "kind"], registry=self.registry
        )
        self._times = Histogram(
            "ask_debbie_answer_seconds",
            "From the question's arrival to the whole answer.",
            ["engine"],
            buckets=_SECONDS,
            registry=self.registry,
        )
        self._first = Histogram(
            "ask_debbie_first_text_seconds",
            "From the question's arrival to the first proved sentence.",
            ["engine"],
            buckets=_SECONDS,
            registry=self.registry,
        )
        ProcessCollector(registry=self.registry)
        if spend is not None:
            spent = Gauge("ask_debbie_spend_usd_today", "Dollars spent today (UTC).", registry=self.registry)
            spent.set_function(lambda: spend.dollars)
            cap = Gauge(
                "ask_debbie_spend_cap_usd", "Dollars that may be spent a day.", registry=self.registry
            )
            cap.set(spend.cap)

    def answered(self, door: str, answer: Answer) -> None:
        """Count an answer."""
        engine = answer.engine
        self._answers.labels(door, answer.status, engine).inc()
        self._tokens.labels(engine, "prompt").inc(answer.usage.prompt_tokens)
        self._tokens.labels(engine, "completion").inc(answer.usage.completion_tokens)
        self._times.labels(engine).observe(answer.timings.total_ms / 1000)
        if answer.timings.first_text_ms is not None:
            self._first.labels(engine).observe(answer.timings.first_text_ms / 1000)

    async def respond(self, request: Request) -> Response:
        """`/metrics`: for whoever has the token; where there is none, for this machine alone."""
        if not self._may_read(request):
            return PlainTextResponse("Only this machine, or a bearer token, reads the metrics.", 403)
        return Response(generate_latest(self.registry), media_type=CONTENT_TYPE_LATEST)

    def _may_read(self, request: Request) -> bool:
        if self._token is not None:
            given = request.headers.get("authorization", "")
            return hmac.compare_digest(given.encode(), f"Bearer {self._token}".encode())
        forwarded = "x-forwarded-for" in request.headers or "forwarded" in request.headers
        return not forwarded and _is_loopback(request.client.host if request.client else "")


def _is_loopback(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False
