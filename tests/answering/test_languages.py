"""Questions in other languages: they reach what the same questions in English reach."""

from __future__ import annotations

import pytest

from ask_debbie.answering.assistant import Assistant


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("¿En qué empresas ha trabajado?", "Fjordside Hospital"),
        ("In welchen Firmen hat sie gearbeitet?", "Fjordside Hospital"),
        ("Was macht sie beruflich?", "Charge Nurse"),
        ("Was machte sie 2020?", "Fjordside Hospital"),
        ("Da quando a quando ha lavorato al Fjordside Hospital?", "3/2019"),
        ("Combien d'infirmières a-t-elle formées ?", "23"),
        ("Wie viele Wochen dauerte die Umstellung auf MetaVision?", "9 weeks"),
        ("Hoeveel patiënten heeft haar nachtteam?", "14"),
        ("她在哪些公司工作过？", "Fjordside Hospital"),
    ],
)
def test_they_are_answered_as_in_english(assistant: Assistant, asked: str, told: str) -> None:
    answer = assistant.ask([{"role": "user", "content": asked}])
    assert answer.status == "answered"
    assert told in answer.text


@pytest.mark.parametrize(
    "asked", ["Hat sie einen Führerschein?", "¿Tiene un máster?", "Combien de ponts a-t-elle construits ?"]
)
def test_what_is_not_there_is_not_answered(assistant: Assistant, asked: str) -> None:
    assert assistant.ask([{"role": "user", "content": asked}]).status == "abstained"


def test_words_left_in_another_language_are_not_spelt_as_english_ones(assistant: Assistant) -> None:
    answer = assistant.ask([{"role": "user", "content": "¿Cuántas piezas de alfarería hizo?"}])
    assert "pizza" not in answer.text
    assert answer.status == "abstained"
