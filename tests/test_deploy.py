"""What is shipped for putting it online, as far as it can be looked at without running it: no engine for containers is
needed. What runs is in tests/web: nginx, the two processes, Redis, Chroma."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from ipaddress import ip_address, ip_network
from pathlib import Path
from typing import Any

import pytest
import yaml

from ask_debbie.settings import Settings

ROOT = Path(__file__).parent.parent
DEPLOY = ROOT / "deploy"
VARIABLE = re.compile(r"\b(?:ASK_DEBBIE|OPENAI|CHROMA|REDIS)_[A-Z_]*[A-Z]\b")
MADE_BY_THE_OWNER = {"./certificates", "./acme"}


def run(program: str, *arguments: str | Path) -> None:
    """Run a program of this environment; what it has to say is the failure."""
    command = [Path(sys.executable).with_name(program), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr


def variables() -> set[str]:
    """The environment variables of all settings."""
    prefix = Settings.model_config["env_prefix"]
    aliases = {
        name: getattr(field.validation_alias, "choices", ()) for name, field in Settings.model_fields.items()
    }
    return {str(alias[0]) if alias else f"{prefix}{name.upper()}" for name, alias in aliases.items()}


@pytest.mark.parametrize("path", [p for p in sorted(DEPLOY.rglob("*")) if p.is_file()], ids=lambda p: p.name)
def test_every_setting_that_is_named_exists(path: Path) -> None:
    assert set(VARIABLE.findall(path.read_text("utf-8"))) <= variables()


def test_every_file_that_is_linked_or_copied_exists() -> None:
    text = (DEPLOY / "README.md").read_text("utf-8")
    links = re.findall(r"\]\(([^)#:]+)[^)]*\)", text)
    assert "compose.yaml" in links
    assert [link for link in links if not (DEPLOY / link).exists()] == []
    named = re.findall(r"\bdeploy/[\w./@-]*\w", text)
    given = {"deploy/certificates", "deploy/.env", "deploy/acme"}
    assert [path for path in named if not (ROOT / path).exists() and path not in given] == []


class TestImage:
    def lines(self, instruction: str) -> list[str]:
        text = (DEPLOY / "Dockerfile").read_text("utf-8").replace("\\\n", " ")
        return re.findall(rf"^{instruction}\s+(.*)$", text, re.MULTILINE)

    def test_the_linter_finds_nothing(self) -> None:
        run("hadolint", DEPLOY / "Dockerfile")

    def test_what_it_copies_is_here_and_is_sent_to_the_builder(self) -> None:
        copied = {name for line in self.lines("COPY") if "--from" not in line for name in line.split()[:-1]}
        assert copied == {"pyproject.toml", "LICENSE", "src", "corpus"}
        assert all((ROOT / name).exists() for name in copied)
        ignored = (DEPLOY / "Dockerfile.dockerignore").read_text("utf-8").split()
        assert {line[1:] for line in ignored if line.startswith("!")} == copied
        (archive,) = re.findall(r"git archive HEAD (.*) \|", (DEPLOY / "README.md").read_text("utf-8"))
        assert set(archive.split()) == copied

    def test_it_runs_the_site_as_nobody_in_particular(self) -> None:
        assert self.lines("USER") == ["1000"]
        assert json.loads(self.lines("CMD")[-1]) == ["ask-debbie", "serve"]
        assert "ASK_DEBBIE_PORT=7860" in self.lines("ENV")[-1]
        assert self.lines("EXPOSE") == ["7860"]


class TestCompose:
    @pytest.fixture
    def compose(self) -> dict[str, Any]:
        read: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text("utf-8"))
        return read

    def test_it_is_a_compose_file(self) -> None:
        run("check-jsonschema", "--builtin-schema", "vendor.compose-spec", DEPLOY / "compose.yaml")

    def test_only_nginx_can_be_reached(self, compose: dict[str, Any]) -> None:
        services = compose["services"]
        assert [name for name, service in services.items() if "ports" in service] == ["nginx"]
        assert not any("network_mode" in service for service in services.values())
        assert services["redis"]["networks"] == services["chroma"]["networks"] == ["store"]
        assert compose["networks"]["store"] == {"internal": True}
        assert list(services["nginx"]["networks"]) == ["web"]

    def test_the_processes_cannot_do_more_than_they_need(self, compose: dict[str, Any]) -> None:
        for name in ("assistant-1", "assistant-2", "chroma"):
            service = compose["services"][name]
            assert service["read_only"] is True
            assert service["cap_drop"] == ["ALL"]

    def test_the_addresses_are_the_ones_that_nginx_knows(self, compose: dict[str, Any]) -> None:
        at = {
            name: service["networks"]["web"]["ipv4_address"]
            for name, service in compose["services"].items()
            if "web" in service["networks"]
        }
        (web,) = compose["networks"]["web"]["ipam"]["config"]
        assert all(ip_address(address) in ip_network(web["subnet"]) for address in at.values())
        known = re.findall(
            r"^server ([\d.]+):7860", (DEPLOY / "compose/processes.conf").read_text(), re.MULTILINE
        )
        assert known == [at["assistant-1"], at["assistant-2"]]
        for name in ("assistant-1", "assistant-2"):
            assert compose["services"][name]["environment"]["ASK_DEBBIE_PROXIES"] == at["nginx"]

    def test_what_is_mounted_and_waited_for_is_there(self, compose: dict[str, Any]) -> None:
        services, volumes = compose["services"], compose["volumes"]
        for service in services.values():
            for volume in service.get("volumes", []):
                source = re.sub(r"\$\{\w+:-(.*)\}", r"\1", volume).split(":")[0]
                assert source in volumes or source in MADE_BY_THE_OWNER or (DEPLOY / source).exists(), source
            assert set(service.get("depends_on", ())) <= services.keys()
        assert all("healthcheck" in services[name] for name in services["assistant-1"]["depends_on"])

    def test_the_processes_differ_by_their_address_alone(self, compose: dict[str, Any]) -> None:
        one, other = (dict(compose["services"][name]) for name in ("assistant-1", "assistant-2"))
        assert one.pop("networks") != other.pop("networks")
        assert one == other


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="needs systemd-analyze (Debian: systemd)")
def test_systemd_takes_the_unit_and_finds_it_shut_in(tmp_path: Path) -> None:
    text = (DEPLOY / "systemd" / "ask-debbie@.service").read_text("utf-8")
    (program,) = re.findall(r"^ExecStart=(\S+) serve --port %i$", text, re.MULTILINE)
    unit = tmp_path / "ask-debbie@7860.service"
    unit.write_text(
        text.replace(program, str(Path(sys.executable).with_name("ask-debbie"))), encoding="utf-8"
    )
    for command in (["verify"], ["security", "--offline=true", "--threshold=20"]):
        done = subprocess.run(["systemd-analyze", *command, unit], capture_output=True, text=True, timeout=60)
        assert done.returncode == 0, done.stdout + done.stderr
        assert command[0] != "verify" or not done.stderr, done.stderr


def test_the_spaces_front_matter_is_what_hugging_face_reads() -> None:
    _, matter, _ = (DEPLOY / "space" / "README.md").read_text("utf-8").split("---\n", 2)
    told = yaml.safe_load(matter)
    assert (told["sdk"], told["app_port"]) == ("docker", 7860)
    colours = {"red", "yellow", "green", "blue", "indigo", "purple", "pink", "gray"}
    assert {told["colorFrom"], told["colorTo"]} <= colours
    assert told["suggested_storage"] in {"small", "medium", "large"}
    assert len(told["short_description"]) <= 60
