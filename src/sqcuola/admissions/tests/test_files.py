"""Files of an application: what may come in, who opens it, what becomes of it."""

import zipfile
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from sqcuola.admissions import actions, queries, rules
from sqcuola.admissions.actions import Incomplete, filing
from sqcuola.admissions.models import Accommodation, ApplicationFile, CvItem, Place
from sqcuola.admissions.queries.filing import place_in
from sqcuola.admissions.tests.conftest import CLOSES, NOW
from sqcuola.admissions.tests.test_applying import fill
from sqcuola.kernel import files, privacy, working
from sqcuola.kernel.files import StoredFile, UnfitError, pieces
from sqcuola.kernel.models import PartialFile
from sqcuola.kernel.verdicts import Missing, Refused
from sqcuola.people import copies, erasure
from sqcuola.people.models import Export

PDF = b"%PDF-1.7\n%EOF\n"
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def uploads(own_uploads):
    return own_uploads


@pytest.fixture
def application(edition, nives):
    return actions.begin(edition, by=nives, at=NOW)


@pytest.fixture
def claim(application):
    return place_in(application, f"cv-{CvItem.objects.get().pk}")


@pytest.fixture
def help_place(application):
    return Place(application, None)


def pdf(name="laurea.pdf", content=PDF):
    return SimpleUploadedFile(name, content)


def photo(name="foto.jpg", **more):
    written = BytesIO()
    Image.new("RGB", (60, 40), "red").save(written, "JPEG", **more)
    return SimpleUploadedFile(name, written.getvalue())


def on_disk(folder):
    return [path for path in Path(folder).rglob("*") if path.is_file()]


class TestWhatMayComeIn:
    @pytest.mark.parametrize(
        ("name", "content", "said"),
        [
            ("vuoto.pdf", b"", "vuoto"),
            ("foto.jpg", b"<html><script>alert(1)</script></html>", "altro tipo"),
            ("disegno.png", b"<svg xmlns='http://www.w3.org/2000/svg'></svg>", "altro tipo"),
            ("programma.pdf", b"MZ\x90\x00 %PDF-1.7", "altro tipo"),
            ("film.gif", b"GIF89a%PDF-1.7", "altro tipo"),
            ("archivio.pdf", b"PK\x03\x04%PDF-", "altro tipo"),
        ],
    )
    def test_another_kind_is_refused_whatever_its_name_says(self, claim, nives, uploads, name, content, said):
        with pytest.raises(UnfitError, match=said):
            actions.add_file(claim, SimpleUploadedFile(name, content), by=nives, at=NOW)

        assert not ApplicationFile.objects.exists()
        assert not StoredFile.objects.exists()
        assert on_disk(uploads) == []

    def test_more_than_ten_megabytes_are_refused(self, claim, nives):
        with pytest.raises(UnfitError, match="troppo grande"):
            actions.add_file(claim, pdf(content=PDF + b"0" * files.LIMIT), by=nives, at=NOW)

    @pytest.mark.parametrize(
        ("sent", "kept"),
        [
            ("../../../etc/laurea.pdf", "laurea.pdf"),
            ("C:\\Documenti\\laurea.exe", "laurea.pdf"),
            ("laurea\u202efdp.exe", "laureafdp.pdf"),
            ("\u200flaurea\u0000.pdf", "laurea.pdf"),
            (".pdf", "pdf.pdf"),
        ],
    )
    def test_a_name_can_neither_lead_away_nor_deceive(self, claim, nives, sent, kept):
        upload = pdf()
        upload._name = sent  # as a browser that does not mind would send it
        file = actions.add_file(claim, upload, by=nives, at=NOW)

        assert file.file.name == kept

    def test_a_photo_loses_where_and_with_what_it_was_taken(self, claim, nives):
        exif = Image.Exif()
        exif[0x010F] = "CANARY-maker"
        exif.get_ifd(0x8825)[2] = (45.0, 51.0, 0.0)  # GPS
        sent = photo(exif=exif, comment=b"CANARY-comment")
        file = actions.add_file(claim, sent, by=nives, at=NOW)
        with pytest.raises(Missing):
            files.response(file.file)  # not before it is drawn anew

        working.run_due(NOW)
        file.file.refresh_from_db()
        with files.read(file.file) as opened:
            drawn = Image.open(opened)
            assert dict(drawn.getexif()) == {}
            opened.seek(0)
            assert b"CANARY" not in opened.read()

    def test_a_picture_that_is_also_a_program_keeps_only_its_picture(self, claim, nives):
        archive = BytesIO()
        with zipfile.ZipFile(archive, "w") as made:
            made.writestr("evil.html", "<script>CANARY</script>")
        both = photo().read() + archive.getvalue() + b"%PDF-1.7 CANARY <script>"
        file = actions.add_file(claim, SimpleUploadedFile("foto.jpg", both), by=nives, at=NOW)
        working.run_due(NOW)
        file.file.refresh_from_db()

        with files.read(file.file) as opened:
            kept = opened.read()
        assert file.file.is_ready
        assert b"CANARY" not in kept
        assert b"PK\x03\x04" not in kept

    @pytest.mark.parametrize("size", [(12_000, 12_000), (9000, 6000)])
    def test_a_small_file_that_unfolds_into_a_huge_picture_is_refused_and_said(
        self, application, claim, nives, size
    ):
        written = BytesIO()
        Image.new("1", size).save(written, "PNG")
        bomb = SimpleUploadedFile("bomba.png", written.getvalue())
        assert bomb.size < 100_000
        file = actions.add_file(claim, bomb, by=nives, at=NOW)
        fill(application, nives)
        working.run_due(NOW)

        file.file.refresh_from_db()
        assert file.file.state == StoredFile.State.REFUSED
        with pytest.raises(Incomplete) as told:
            actions.submit(application, by=nives, at=NOW)
        assert "bomba.png" in told.value.lacking[0].words

        actions.take_file_away(file, by=nives, at=NOW)
        assert actions.submit(application, by=nives, at=NOW).submitted_at == NOW

    def test_five_for_each_claim_and_sixty_megabytes_for_all(self, claim, help_place, nives, monkeypatch):
        for number in range(5):
            actions.add_file(claim, pdf(content=PDF + b"%d" % number), by=nives, at=NOW)
        with pytest.raises(Refused, match="cinque"):
            actions.add_file(claim, pdf(content=PDF + b"6"), by=nives, at=NOW)

        monkeypatch.setattr(filing, "TOTAL", 6 * len(PDF))
        with pytest.raises(UnfitError, match="supererebbero"):
            actions.add_file(help_place, pdf(content=PDF + b"7"), by=nives, at=NOW)
        with pytest.raises(UnfitError, match="supererebbero"):
            actions.begin_pieces(help_place, "a.pdf", 1000, by=nives, at=NOW)

    def test_the_same_file_twice_is_there_once(
        self, claim, nives, uploads, django_capture_on_commit_callbacks
    ):
        first = actions.add_file(claim, pdf(), by=nives, at=NOW)
        with django_capture_on_commit_callbacks(execute=True):
            second = actions.add_file(claim, pdf("altro nome.pdf"), by=nives, at=NOW)

        assert first.pk == second.pk
        assert len(on_disk(uploads)) == 1

    def test_nobody_else_and_nobody_late(self, claim, nives, other):
        with pytest.raises(Missing):
            actions.add_file(claim, pdf(), by=other, at=NOW)
        file = actions.add_file(claim, pdf(), by=nives, at=CLOSES - HOUR)
        for move in (
            lambda: actions.add_file(claim, pdf(content=PDF + b"2"), by=nives, at=CLOSES),
            lambda: actions.begin_pieces(claim, "a.pdf", 9, by=nives, at=CLOSES),
            lambda: actions.take_file_away(file, by=nives, at=CLOSES),
        ):
            with pytest.raises(Refused):
                move()
        with pytest.raises(Missing):
            actions.take_file_away(file, by=other, at=NOW)

    def test_an_item_of_another_edition_is_no_place(self, application):
        with pytest.raises(CvItem.DoesNotExist):
            place_in(application, "cv-999999")
        for name in ("cv-", "cv-x", "letter", "cv-" + "9" * 30):
            with pytest.raises(CvItem.DoesNotExist):
                place_in(application, name)


class TestHandingIn:
    def test_a_file_is_evidence_enough_but_needs_a_number(self, application, claim, nives):
        item = claim.item.pk
        fill(application, nives, cv={f"evidence_{item}": ""})
        with pytest.raises(Incomplete):
            actions.submit(application, by=nives, at=NOW)
        actions.add_file(claim, pdf(), by=nives, at=NOW)
        assert actions.submit(application, by=nives, at=NOW).cv_points == 6

        fill(application, nives, cv={f"number_{item}": "", f"evidence_{item}": ""})
        with pytest.raises(Incomplete) as told:
            actions.submit(application, by=nives, at=NOW + HOUR)
        assert told.value.lacking[0].field == f"number_{item}"

    def test_what_was_handed_in_stays_as_it_was_until_one_hands_in_again(self, application, claim, nives):
        first = actions.add_file(claim, pdf(), by=nives, at=NOW)
        fill(application, nives)
        digest = actions.submit(application, by=nives, at=NOW).digest
        later = actions.add_file(claim, pdf(content=PDF + b"2"), by=nives, at=NOW + HOUR)
        actions.take_file_away(first, by=nives, at=NOW + HOUR)

        first.refresh_from_db()
        assert (first.handed_in_at, later.handed_in_at) == (NOW, None)
        application = queries.own(nives, "terza")
        assert queries.changed_since(application, application.submitted_at) == ["cv"]
        assert list(claim.files()) == [later]

        again = actions.submit(application, by=nives, at=NOW + 2 * HOUR)
        assert again.digest != digest
        assert [file.pk for file in ApplicationFile.objects.all()] == [later.pk]
        assert StoredFile.objects.count() == 1
        assert queries.changed_since(again, again.submitted_at) == []

    def test_the_fingerprint_without_files_is_what_it_was(self, application, nives):
        fill(application, nives)
        without = actions.submit(application, by=nives, at=NOW).digest
        place = Place(application, None)
        actions.add_file(place, pdf(), by=nives, at=NOW + HOUR)  # a paper is not judged

        again = actions.submit(application, by=nives, at=NOW + HOUR)
        assert again.digest == without
        assert Accommodation.objects.get().wanted == ""
        assert ApplicationFile.objects.get().handed_in_at == NOW + HOUR

    def test_help_changed_after_handing_in_is_handed_in_too(self, application, nives):
        fill(application, nives)
        actions.submit(application, by=nives, at=NOW)
        fill(application, nives, at=NOW + HOUR, help={"wanted": "Caratteri grandi"})
        application = actions.submit(queries.own(nives, "terza"), by=nives, at=NOW + HOUR)

        assert Accommodation.objects.get().wanted == "Caratteri grandi"
        assert queries.changed_since(queries.own(nives, "terza"), application.submitted_at) == []

    def test_taken_up_again_nothing_is_handed_in(self, application, claim, nives):
        actions.add_file(claim, pdf(), by=nives, at=NOW)
        fill(application, nives)
        actions.submit(application, by=nives, at=NOW)
        application = queries.own(nives, "terza")
        actions.withdraw(application, by=nives, at=NOW)
        actions.take_up_again(queries.own(nives, "terza"), by=nives, at=NOW)

        assert ApplicationFile.objects.get().handed_in_at is None


class TestWhoOpensIt:
    def test_evidence_is_the_applicants_and_after_the_closing_of_who_coordinates(
        self, application, claim, nives, other, lidia
    ):
        file = actions.add_file(claim, pdf(), by=nives, at=NOW)
        assert rules.may_open_evidence(nives, file, NOW)
        for person in (other, lidia, None):
            with pytest.raises(Missing):
                rules.may_open_evidence(person, file, NOW).or_refuse()
        fill(application, nives)
        actions.submit(application, by=nives, at=NOW)
        file = ApplicationFile.objects.select_related("application__edition").get()
        with pytest.raises(Refused, match="codice"):
            rules.may_open_evidence(lidia, file, NOW).or_refuse()

        file.application.edition.ranking_closed_at = NOW
        assert rules.may_open_evidence(lidia, file, NOW)
        assert not rules.may_open_evidence(other, file, NOW)
        assert not rules.may_open_paper(nives, file, NOW)
        file.application.withdrawn_at = NOW
        assert not rules.may_open_evidence(lidia, file, NOW)


class TestPieces:
    def whole(self):
        return PDF + b"0123456789" * 100

    def test_it_goes_on_where_it_broke_and_an_answer_that_was_lost_is_given_again(self, claim, nives):
        content = self.whole()
        partial = actions.begin_pieces(claim, "laurea.pdf", len(content), by=nives, at=NOW)
        more = {"by": nives, "at": NOW}
        assert actions.add_piece(claim, partial.token, content[:500], offset=0, **more).received == 500
        with pytest.raises(files.MisfitError) as told:
            actions.add_piece(claim, partial.token, content[:500], offset=0, **more)
        assert told.value.received == 500
        done = actions.add_piece(claim, partial.token, content[500:], offset=500, **more)
        again = actions.add_piece(claim, partial.token, content[500:], offset=500, **more)

        assert done.file == again.file
        assert ApplicationFile.objects.get().file.name == "laurea.pdf"
        assert not PartialFile.objects.exists()
        with files.read(done.file.file) as opened:
            assert opened.read() == content

    def test_bytes_that_were_lost_begin_anew(self, claim, nives):
        content = self.whole()
        partial = actions.begin_pieces(claim, "laurea.pdf", len(content), by=nives, at=NOW)
        more = {"by": nives, "at": NOW}
        actions.add_piece(claim, partial.token, content[:500], offset=0, **more)
        pieces.on_disk(partial).unlink()
        with pytest.raises(files.MisfitError) as told:
            actions.add_piece(claim, partial.token, content[500:], offset=500, **more)
        assert told.value.received == 0

        assert actions.add_piece(claim, partial.token, content, offset=0, **more).file

    def test_what_does_not_fit_is_given_up_whole(self, claim, nives, uploads):
        partial = actions.begin_pieces(claim, "foto.jpg", 6, by=nives, at=NOW)
        with pytest.raises(UnfitError, match="altro tipo"):
            actions.add_piece(claim, partial.token, b"MZ\x90abc", offset=0, by=nives, at=NOW)

        assert not PartialFile.objects.exists()
        assert on_disk(uploads) == []
        with pytest.raises(Missing):
            actions.add_piece(claim, partial.token, b"", offset=0, by=nives, at=NOW)

    def test_a_token_is_worth_nothing_in_another_hand(self, claim, nives, other):
        partial = actions.begin_pieces(claim, "a.pdf", 9, by=nives, at=NOW)
        theirs = Place(actions.begin(claim.application.edition, by=other, at=NOW), None)

        with pytest.raises(Missing):
            actions.add_piece(theirs, partial.token, b"%", offset=0, by=other, at=NOW)

    @pytest.mark.parametrize("size", [0, files.LIMIT + 1, 2 * 1024**3])
    def test_a_size_that_does_not_fit_is_refused_before_a_byte_is_sent(self, claim, nives, size):
        with pytest.raises(UnfitError):
            actions.begin_pieces(claim, "a.pdf", size, by=nives, at=NOW)


class TestWhatBecomesOfIt:
    def test_it_goes_with_its_person(self, application, claim, nives, uploads):
        actions.add_file(claim, pdf(), by=nives, at=NOW)
        actions.begin_pieces(claim, "a.pdf", 9, by=nives, at=NOW)
        erasure.erase(nives, by=nives, at=NOW)

        assert not ApplicationFile.objects.exists()
        assert not StoredFile.objects.exists()
        assert on_disk(uploads) == []

    def test_it_stands_in_the_copy_of_everything_about_me(self, claim, help_place, nives):
        actions.add_file(claim, pdf("laurea.pdf"), by=nives, at=NOW)
        actions.add_file(help_place, pdf("foglio.pdf", PDF + b"2"), by=nives, at=NOW)
        rows = privacy.export(nives)["admissions"]["applicationfile"]
        copies.build.function(Export.objects.create(person=nives, asked_at=NOW).pk)

        assert [row["file"] for row in rows] == ["laurea.pdf", "foglio.pdf"]
        with copies.opened(Export.objects.get()) as whole, zipfile.ZipFile(whole) as archive:
            kept = [name for name in archive.namelist() if name.startswith("files/")]
            assert {archive.read(name) for name in kept} == {PDF, PDF + b"2"}

    def test_files_of_an_edition_that_is_gone_are_deleted_the_day_after(self, edition, claim, nives, uploads):
        actions.add_file(claim, pdf(), by=nives, at=NOW)
        edition.delete()
        assert actions.drop_strays(NOW) == 0
        assert actions.drop_strays(NOW + HOUR) == 1
        assert on_disk(uploads) == []

    def test_files_that_are_held_are_no_strays(self, claim, nives):
        actions.add_file(claim, pdf(), by=nives, at=NOW)
        assert actions.drop_strays(NOW + HOUR) == 0
