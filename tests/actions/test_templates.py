"""The school's own letters: kept as versions, looked through first, and the shipped one can hold again."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfReader

from desktop_app.actions.letter_book import Picture
from desktop_app.actions.letter_making import joint, make_letters, preview
from desktop_app.actions.letters import letter_plan
from desktop_app.actions.templates import (
    back_to_shipped,
    import_word,
    keep_picture,
    picture,
    preview_template,
    remove_picture,
    save_template,
    template,
    templates,
    versions,
)
from desktop_app.cli.answers import finish
from desktop_app.domain.entries import EntryKind
from desktop_app.domain.errors import NotAllowed, Refused
from desktop_app.domain.staff import Role
from tests.support.letters import lettered
from tests.support.people import in_role
from tests.support.schools import SmallSchool
from tests.support.word_files import paragraph, part, word_file


@pytest.fixture
def lettered_school(school: SmallSchool) -> SmallSchool:
    return lettered(school)


def said(content: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages).split())


def test_the_newest_of_the_school_s_own_holds_and_older_ones_stay_readable(lettered_school: SmallSchool) -> None:
    context, kaya = lettered_school.context, lettered_school.pupils["Kaya"]
    shipped = template(context, "concern-1", "en")
    assert shipped is not None
    assert not shipped.own
    save_template(context, "concern-1", "en", "About [child]", "Dear [parent names],\n\nPlease ring.")
    save_template(context, "concern-1", "en", "About [child]", "Dear [parent names],\n\nPlease come in.  \n")
    now = template(context, "concern-1", "en")
    assert now is not None
    assert now.own
    assert now.body.endswith("Please come in.")
    found = versions(context, "concern-1", "en")
    assert [one.template.body.split("\n")[-1] for one in found if one.template] == ["Please come in.", "Please ring."]
    (one,) = letter_plan(context, "concern-1", [kaya])
    assert one.subject == "About Çağla"
    assert one.body == "Dear Ms K Kaya,\n\nPlease come in."
    made = finish(make_letters(context, [one]))
    with context.store.reading() as reading:
        entry = reading.entries.get(made.made[0].entries[0])
    assert entry is not None
    assert entry.details["template"] == str(now.entry)
    with pytest.raises(Refused, match="Nothing in it was changed"):
        save_template(context, "concern-1", "en", "About [child]", now.body)
    back_to_shipped(context, "concern-1", "en")
    assert template(context, "concern-1", "en") == shipped
    assert [one.template is None for one in versions(context, "concern-1", "en")] == [True, False, False]
    with pytest.raises(Refused, match="holds already"):
        back_to_shipped(context, "concern-1", "en")


def test_a_letter_in_a_language_that_is_not_shipped_can_be_written(lettered_school: SmallSchool) -> None:
    context, kaya = lettered_school.context, lettered_school.pupils["Kaya"]
    assert template(context, "missed-meeting", "ur") is None
    save_template(context, "missed-meeting", "ur", "[child]", "[child] [meeting date]")
    with pytest.raises(Refused, match="there would be none"):
        back_to_shipped(context, "missed-meeting", "ur")
    from desktop_app.domain.letters import LetterOptions

    (one,) = letter_plan(
        context, "missed-meeting", [kaya], LetterOptions(language="ur", values={"meeting date": "2026-12-01"})
    )
    assert one.letter.language == "ur"
    assert one.template.right_to_left
    assert "1 دسمبر 2026" in one.body


@pytest.mark.parametrize(
    ("subject", "body", "says"),
    [
        ("[child]", "one\n[chid]", r"Line 2: there is no field \[chid\]"),
        ("[child]", "one\n[meeting date]", r"there is no field \[meeting date\]"),
        ("", "one", "no subject"),
        ("[child]", "<script>x</script>", "a mark of a web page"),
    ],
)
def test_what_is_no_letter_is_not_kept(lettered_school: SmallSchool, subject: str, body: str, says: str) -> None:
    context = lettered_school.context
    with pytest.raises(Refused, match=says):
        save_template(context, "concern-1", "en", subject, body)
    with pytest.raises(Refused, match=says):
        preview_template(context, "concern-1", "en", subject, body)
    assert versions(context, "concern-1", "en") == ()


def test_a_word_file_is_the_letter_and_its_filled_file_is_kept(lettered_school: SmallSchool, tmp_path: Path) -> None:
    context, kaya = lettered_school.context, lettered_school.pupils["Kaya"]
    path = tmp_path / "concern.docx"
    path.write_bytes(word_file(paragraph("Dear [parent ", "names],"), paragraph("[child] missed [days missed].")))
    import_word(context, "concern-1", "en", path)
    (one,) = letter_plan(context, "concern-1", [kaya], None)
    assert one.template.word
    assert "Çağla missed 3 days." in one.body
    assert "Dear Ms K Kaya" in part(preview(context, one))
    (made,) = finish(make_letters(context, [one])).made
    assert made.name == "letter-2026-0001-concern-1.docx"
    assert "missed 3 days." in part(made.content)
    with context.store.reading() as reading:
        (file,) = reading.entries.attachments(made.entries[0])
        assert reading.entries.attachment_bytes(file.id) == made.content
    with pytest.raises(Refused, match="print the Word files from Word"):
        joint([made])
    path.write_bytes(word_file(paragraph("[nobody knows]")))
    with pytest.raises(Refused, match="no field"):
        import_word(context, "concern-1", "en", path)
    with pytest.raises(Refused, match="cannot be read"):
        import_word(context, "concern-1", "en", tmp_path / "none.docx")
    assert len(versions(context, "concern-1", "en")) == 1


def test_what_a_word_file_asks_for_and_is_not_known_stops_the_letter(
    lettered_school: SmallSchool, tmp_path: Path
) -> None:
    context = lettered_school.context
    path = tmp_path / "x.docx"
    path.write_bytes(word_file(paragraph("[meeting date] [child]")))
    import_word(context, "invitation", "en", path)
    (one,) = letter_plan(context, "invitation", [lettered_school.pupils["Kaya"]])
    assert one.faults == ("[meeting date] is empty for this child: fill it in.",)


def test_logo_and_signature_are_kept_once_for_every_letter(lettered_school: SmallSchool, tmp_path: Path) -> None:
    context = lettered_school.context
    path = tmp_path / "logo.png"
    Image.new("RGB", (300, 80), "navy").save(path)
    assert picture(context, Picture.LOGO) == b""
    keep_picture(context, Picture.LOGO, path)
    keep_picture(context, Picture.SIGNATURE, path, "Mrs L Vale", "Head of School")
    assert picture(context, Picture.LOGO).startswith(b"\xff\xd8")
    (one,) = letter_plan(context, "concern-1", [lettered_school.pupils["Kaya"]])
    assert "Mrs L Vale Head of School" in said(preview(context, one))
    images = PdfReader(BytesIO(preview(context, one))).pages[0].images
    assert len(images) in (1, 2)
    remove_picture(context, Picture.LOGO)
    remove_picture(context, Picture.SIGNATURE)
    assert picture(context, Picture.LOGO) == b""
    assert not PdfReader(BytesIO(preview(context, one))).pages[0].images
    assert "Dr A Rahman Headteacher" in said(preview(context, one))
    with pytest.raises(Refused, match="no such picture"):
        remove_picture(context, Picture.LOGO)
    path.write_bytes(b"not a picture")
    with pytest.raises(Refused, match="PNG or a JPEG"):
        keep_picture(context, Picture.LOGO, path)


def test_every_kind_is_previewed_with_a_made_up_child(lettered_school: SmallSchool) -> None:
    context = lettered_school.context
    lines = templates(context)
    assert len(lines) == 19 * 3
    for line in lines:
        if line.template is not None:
            found = line.template
            content = preview_template(context, found.kind, found.language, found.subject, found.body)
            assert content.startswith(b"%PDF")
    assert "Saffron" in said(preview_template(context, "praise", "en", "For [child]", "[praise]"))


def test_only_who_may_change_letters_does(lettered_school: SmallSchool, tmp_path: Path) -> None:
    office = in_role(lettered_school.context, Role.OFFICE)
    for deed in (
        lambda: save_template(office, "concern-1", "en", "[child]", "x"),
        lambda: import_word(office, "concern-1", "en", tmp_path / "x.docx"),
        lambda: back_to_shipped(office, "concern-1", "en"),
        lambda: keep_picture(office, Picture.LOGO, tmp_path / "x.png"),
    ):
        with pytest.raises(NotAllowed):
            deed()
    assert template(office, "concern-1", "en") is not None
    with office.store.reading() as reading:
        assert reading.entries.all(kinds=(EntryKind.TEMPLATE,)) == []


def test_a_kind_or_language_that_is_not_there_is_refused(lettered_school: SmallSchool) -> None:
    with pytest.raises(Refused, match="no letter “x”"):
        template(lettered_school.context, "x", "en")
    with pytest.raises(Refused, match="No letters are written in “x”"):
        template(lettered_school.context, "praise", "x")
    assert date(2026, 11, 20) == lettered_school.context.today()
