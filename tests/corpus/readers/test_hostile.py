"""Files that are broken, or made to do harm: a DocumentError that says what to do, or a careful reading."""

from __future__ import annotations

import io
import json
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ask_debbie.corpus.readers import read_document
from ask_debbie.errors import DocumentError
from tests.corpus.readers.one_resume import JSON_RESUME, RESUMES, styled_docx, zipped

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
LAUGHS = "".join(f'<!ENTITY {chr(98 + i)} "{f"&{chr(97 + i)};" * 10}">' for i in range(9))
DOCTYPE = f'<!DOCTYPE d [<!ENTITY a "ha">{LAUGHS}]>'
YAML_BOMB = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{chr(98 + i)}: &{chr(98 + i)} [{','.join([f'*{chr(97 + i)}'] * 9)}]\n" for i in range(9)
)


def word_with(body: str, doctype: str = "") -> bytes:
    """A .docx whose document has this body."""
    to = io.BytesIO()
    document = f'{doctype}<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'
    with zipfile.ZipFile(io.BytesIO(styled_docx())) as source, zipfile.ZipFile(to, "w", 8) as target:
        for name in source.namelist():
            target.writestr(name, document if name == "word/document.xml" else source.read(name))
    return to.getvalue()


@pytest.mark.parametrize(
    ("name", "raw", "cause"),
    [
        ("a.json", b'{"basics": {\n  "name": "A"\n  "email": 1}}', "line 3, column 3"),
        ("a.json", b"", "line 1, column 1"),
        ("a.json", b'{"name": "left-pad", "version": "1.0.0"}', "no resume that is known here: JSON Resume, FRESH"),
        ("a.json", b"[1, 2, 3]", "no resume"),
        ("a.json", b"[" * 100_000, "nested too deeply"),
        ("a.json", json.dumps({"basics": {"name": "A"}, "work": [{"a": "b"}] * 60_000}).encode(), "far more"),
        ("a.yaml", b"cv:\n  name: A\n sections: x\n", "line 3, column 2"),
        ("a.yaml", b"version: 3\nservices: {}\n", "no resume"),
        ("a.yaml", f"{YAML_BOMB}cv: {{name: A, sections: {{x: *j}}}}".encode(), "far more"),
        ("a.yaml", b"[" * 100_000, "nested too deeply"),
        ("a.yaml", b"cv: &a {name: A, sections: *a}", "isn't valid YAML"),
        ("a.zip", b"not a zip", "damaged"),
        ("a.zip", zipped({"photo.txt": "x"}), "isn't LinkedIn's data export"),
        ("a.zip", zipped({"Profile.csv": "First Name\n" + "a" * 21_000_000}), "Profile.csv in it unpacks to far more"),
        ("a.zip", zipped({"Positions.csv": 'Title\n"' + "a" * 200_000 + '"\n'}), "Positions.csv in it isn't valid CSV"),
        ("a.zip", zipped({"Positions.csv": "Title\n" + "a\n" * 3_000}), "Positions.csv in it has more than"),
        ("a.docx", b"", "damaged"),
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "protected by a password, or in Word's old format"),
        ("a.docx", zipped({"photo.txt": "x"}), "isn't a whole Word document"),
        ("a.docx", word_with(" " * 21_000_000), "unpacks to far more"),
        ("a.docx", word_with("<w:sdt>" * 5_000), "isn't a whole Word document"),
        ("a.html", b"", "no HTML page"),
        ("a.html", b"<div>" * 100_000 + b"x", "nested too deeply"),
        ("a.html", b"<p " + b" ".join(b"a%d=1" % i for i in range(5_000)) + b">x", "attributes"),
        ("a.html", b"<p>a</p>" * 20_000, "far more than a resume"),
        ("a.html", b"a" * 10_000_001, "larger than 10 MB"),
        ("a.tex", b"{" * 5_000 + b"}" * 5_000, "nested too deeply"),
        ("a.tex", rb"\newcommand{\a}{\a\a}\begin{document}\a\end{document}", "call each other"),
        ("a.tex", b"a" * 300_001, "larger than 0.3 MB"),
    ],
)  # fmt: skip
def test_the_cause_is_told(name: str, raw: bytes, cause: str) -> None:
    with pytest.raises(DocumentError) as raised:
        read_document(name, raw)
    assert cause in str(raised.value)
    assert not str(raised.value).endswith(".")


def test_a_part_protected_by_a_password() -> None:
    raw = bytearray(zipped({"Profile.csv": "First Name\nA\n"}))
    raw[raw.index(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(DocumentError, match="protected by a password"):
        read_document("a.zip", bytes(raw))


@pytest.mark.parametrize("name", ["passwd.docx", "laughs.docx", "passwd.html", "laughs.html"])
def test_entities_bring_in_nothing(name: str) -> None:
    doctype = (
        DOCTYPE if name.startswith("laughs") else '<!DOCTYPE d [<!ENTITY j SYSTEM "file:///etc/passwd">]>'
    )
    try:
        if name.endswith("docx"):
            text = read_document(name, word_with("<w:p><w:r><w:t>A &j; B</w:t></w:r></w:p>", doctype)).text
        else:
            text = read_document(name, f"{doctype}<p>A &j; B</p>".encode()).text
    except DocumentError:
        return
    assert "root:" not in text
    assert "haha" not in text


@pytest.mark.parametrize(
    "value",
    [None, True, 3, -1e300, "x", [], {}, ["a", ["b"]], {"a": {"b": "c"}}, [None], [[[[]]]], {"history": 3}],
)
@pytest.mark.parametrize("key", list(JSON_RESUME))
def test_any_value_may_stand_anywhere(key: str, value: object) -> None:
    for data in (
        JSON_RESUME | {key: value},
        {"meta": {"format": "FRESH"}, "name": "A", "employment": value, key: value},
    ):
        assert read_document("a.json", json.dumps(data).encode()).path == "a.json"
    entry = {
        "cv": {"name": "A", key: value, "sections": {"a": value, "b": [value], "c": [{"company": value}]}}
    }
    assert "A" in read_document("a.yaml", json.dumps(entry).encode()).text


def test_figures_stay_as_they_are_written() -> None:
    data = b'{"basics": {"name": "A", "phone": 00}}'.replace(b"00", b"4" * 5_000)
    assert f"Phone: {'4' * 5_000}" in read_document("a.json", data).text
    school = {"institution": "MIT", "score": 3.50, "endDate": "2012"}
    text = json.dumps({"basics": {"name": "A"}, "education": [school]}).replace("3.5", "3.50")
    assert "Grade: 3.50" in read_document("a.json", text.encode()).text


@pytest.mark.parametrize("name", RESUMES)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_damaged_bytes_are_read_or_refused(name: str, data: st.DataObject) -> None:
    raw = bytearray(_original(name))
    for _ in range(data.draw(st.integers(1, 12))):
        place = data.draw(st.integers(0, len(raw) - 1))
        piece = data.draw(st.binary(max_size=6))
        raw[place : place + data.draw(st.integers(0, 40))] = piece or b"{"
    try:
        document = read_document(name, bytes(raw))
    except DocumentError as error:
        assert str(error)
    else:
        assert all(document.text[block.start : block.end].strip() for block in document.blocks)


_ORIGINALS: dict[str, bytes] = {}


def _original(name: str) -> bytes:
    return _ORIGINALS.setdefault(name, RESUMES[name]())
