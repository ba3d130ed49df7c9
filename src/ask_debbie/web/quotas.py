"""How much may be asked: by one visitor, in one conversation, by all; and how many requests one may make."""

from __future__ import annotations

import datetime as dt
import hashlib
import ipaddress
import math
from collections.abc import Sequence
from typing import Literal, NamedTuple

from limits import RateLimitItem, parse_many

from ask_debbie.answering.answer import Message
from ask_debbie.counters import Counters
from ask_debbie.errors import AskDebbieError
from ask_debbie.models.spend import utc_today
from ask_debbie.settings import Settings
from ask_debbie.web.protocols import Profile

Whose = Literal["visitor", "conversation", "everyone", "requests"]


class OverQuotaError(AskDebbieError):
    """Enough was asked for now; the message says it to the visitor.

    Attributes:
        seconds: until one more may be asked.
        whose: the quota that is used up.
    """

    def __init__(self, message: str, seconds: int, whose: Whose) -> None:
        super().__init__(message)
        self.seconds = seconds
        self.whose = whose


class Visitors:
    """Names for addresses that nobody can turn back, and that change at midnight UTC."""

    def __init__(self, counters: Counters) -> None:
        self._counters = counters
        self._salt: tuple[dt.date, bytes] | None = None

    def name(self, address: str | None) -> str:
        """A visitor's name of today. An IPv6 network is one visitor: each has more addresses than can be counted."""
        return hashlib.blake2b(
            _network(address or "").encode(), key=self._salt_of_today(), digest_size=8
        ).hexdigest()

    def _salt_of_today(self) -> bytes:
        today = utc_today()
        if self._salt is None or self._salt[0] != today:
            self._salt = today, self._counters.secret(f"salt:{today.isoformat()}")
        return self._salt[1]


class _Limit(NamedTuple):
    whose: Whose
    key: str
    item: RateLimitItem


class Quotas:
    """Counts questions in moving windows. Nothing of a question is kept but a count under a keyed hash.

    Attributes:
        profile: to whom a visitor who is refused may write.
    """

    def __init__(self, settings: Settings, counters: Counters, profile: Profile) -> None:
        self._counters = counters
        self._visitor = _parsed(settings.quota_visitor)
        self._conversation = _parsed(settings.quota_conversation)
        self._everyone = _parsed(settings.quota_everyone)
        self._requests = _parsed(settings.quota_requests)
        self.profile = profile

    def admit(self, visitor: str, messages: Sequence[Message]) -> None:
        """Count a question.

        A conversation is told by its visitor and its first words, not by a name that the visitor could change.

        Raises:
            OverQuotaError: it is one too many; then it isn't counted.
        """
        first = messages[0]["content"] if messages else ""
        talk = hashlib.blake2b(
            first.encode("utf-8", "replace"), key=visitor.encode(), digest_size=8
        ).hexdigest()
        limits = [
            *(_Limit("visitor", visitor, item) for item in self._visitor),
            *(_Limit("conversation", talk, item) for item in self._conversation),
            *(_Limit("everyone", "", item) for item in self._everyone),
        ]
        waits = [(self._counters.wait(limit.item, limit.whose, limit.key), limit) for limit in limits]
        seconds, longest = max(waits, key=lambda wait: wait[0], default=(0.0, None))
        if longest is not None and seconds > 0:
            raise self._refusal(longest, seconds)
        for limit in limits:
            if not self._counters.hit(limit.item, limit.whose, limit.key):
                raise self._refusal(limit, self._counters.wait(limit.item, limit.whose, limit.key))

    def let_in(self, visitor: str) -> None:
        """Count a request, whatever it is for.

        Raises:
            OverQuotaError: it is one too many.
        """
        for item in self._requests:
            if not self._counters.hit(item, "requests", visitor):
                limit = _Limit("requests", visitor, item)
                raise self._refusal(limit, self._counters.wait(item, "requests", visitor))

    def _refusal(self, limit: _Limit, seconds: float) -> OverQuotaError:
        whole = max(1, math.ceil(seconds))
        many = (
            "A lot of people are asking right now."
            if limit.whose == "everyone"
            else f"That's a lot of {'requests' if limit.whose == 'requests' else 'questions'} for {_span(limit.item)}."
        )
        name, email = self.profile.first_name, self.profile.contact_email
        or_write = f", or write to {name}: {email}" if email else "."
        return OverQuotaError(f"{many} Try again in {_duration(whole)}{or_write}", whole, limit.whose)


def _parsed(quota: str) -> list[RateLimitItem]:
    return parse_many(quota) if quota else []


def _span(item: RateLimitItem) -> str:
    unit, times = item.GRANULARITY.name, item.multiples
    return f"one {unit}" if times == 1 else f"{times} {unit}s"


def _duration(seconds: int) -> str:
    for size, unit in ((3600, "hour"), (60, "minute")):
        if seconds > 1.5 * size:
            return f"{math.ceil(seconds / size)} {unit}s"
    return f"{seconds} second{'s' if seconds > 1 else ''}"


def _network(address: str) -> str:
    try:
        parsed = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(parsed, ipaddress.IPv6Address):
        return str(parsed.ipv4_mapped or ipaddress.ip_network((parsed, 64), strict=False))
    return str(parsed)
