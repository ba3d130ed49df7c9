"""Debian's nginx over TLS, with the configuration of ``deploy/nginx``: only ports and paths are put in."""

from __future__ import annotations

import getpass
import re
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

import pytest
import trustme

SHIPPED = Path(__file__).parents[2] / "deploy" / "nginx"
MAIN = """\
user {user};
pid nginx.pid;
error_log error.log;
events {{}}
http {{
    access_log off;
    client_body_temp_path body;
    proxy_temp_path proxy;
    fastcgi_temp_path fastcgi;
    uwsgi_temp_path uwsgi;
    scgi_temp_path scgi;
    include ask-debbie/upstream.conf;
    {site}
}}
"""
ANOTHERS_SITE = """\
server {{
        listen 127.0.0.1:{port} ssl http2;
        ssl_certificate certificate.pem;
        ssl_certificate_key key.pem;
        location = / {{
            default_type text/html;
            return 200 '{page}';
        }}
        include ask-debbie/subpath.conf;
    }}"""
HOME = '<!doctype html><title>Home</title><link rel="icon" href="data:,"><script src="/assistant/widget.js"></script>'
Where = Literal["/", "/assistant/"]


class Nginx:
    """A running nginx. ``url`` is the assistant's address, ``authority`` the file that vouches for it."""

    def __init__(self, folder: Path, ports: Sequence[int], where: Where) -> None:
        self.folder = folder
        self.port, self.plain_port = _free_ports(2)
        self.origin = f"https://localhost:{self.port}"
        self.url = f"{self.origin}{where}"
        self.authority = folder / "authority.pem"
        shutil.copytree(SHIPPED, folder / "ask-debbie")
        self._certify()
        self._fill_in(ports)
        site = (
            "include ask-debbie/site.conf;"
            if where == "/"
            else ANOTHERS_SITE.format(port=self.port, page=HOME)
        )
        (folder / "nginx.conf").write_text(MAIN.format(user=getpass.getuser(), site=site))
        self._process = subprocess.Popen(
            ["nginx", "-p", str(folder), "-c", "nginx.conf", "-g", "daemon off;"],
            stderr=subprocess.DEVNULL,
        )
        self._wait()

    def trust(self) -> ssl.SSLContext:
        """What a client needs to believe the certificate."""
        return ssl.create_default_context(cafile=str(self.authority))

    @property
    def errors(self) -> str:
        """What it has logged."""
        return (self.folder / "error.log").read_text()

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait(10)

    def _certify(self) -> None:
        authority = trustme.CA()
        authority.cert_pem.write_to_path(str(self.authority))
        made = authority.issue_cert("localhost", "127.0.0.1")
        made.private_key_pem.write_to_path(str(self.folder / "key.pem"))
        for pem in made.cert_chain_pems:
            pem.write_to_path(str(self.folder / "certificate.pem"), append=True)

    def _fill_in(self, ports: Sequence[int]) -> None:
        processes, site = (self.folder / "ask-debbie" / name for name in ("processes.conf", "site.conf"))
        (server, *_) = re.findall(r"^server .*$", processes.read_text(), re.MULTILINE)
        processes.write_text("\n".join(server.replace("7860", str(port)) for port in ports))
        text = re.sub(r"^ *listen \[::\].*\n", "", site.read_text(), flags=re.MULTILINE)
        for shipped, here in (
            ("listen 80;", f"listen 127.0.0.1:{self.plain_port};"),
            ("listen 443 ", f"listen 127.0.0.1:{self.port} "),
            ("/etc/nginx/certificates/fullchain.pem", "certificate.pem"),
            ("/etc/nginx/certificates/privkey.pem", "key.pem"),
            ("ask.example.org", "localhost"),
        ):
            assert shipped in text, shipped
            text = text.replace(shipped, here)
        site.write_text(text)

    def _wait(self) -> None:
        while True:
            assert self._process.poll() is None, self.errors
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
            except OSError:
                time.sleep(0.02)
            else:
                return


def _free_ports(count: int) -> list[int]:
    with_sockets = [socket.socket() for _ in range(count)]
    try:
        for one in with_sockets:
            one.bind(("127.0.0.1", 0))
        return [one.getsockname()[1] for one in with_sockets]
    finally:
        for one in with_sockets:
            one.close()


@contextmanager
def nginx(folder: Path, ports: Sequence[int], where: Where = "/") -> Iterator[Nginx]:
    """In front of the processes at ``ports``, while the block lasts; skips the test where none is installed."""
    if shutil.which("nginx") is None:
        pytest.skip("needs nginx (Debian: sudo apt-get install nginx-light)")
    folder.mkdir(exist_ok=True)
    server = Nginx(folder, ports, where)
    try:
        yield server
    finally:
        server.stop()
