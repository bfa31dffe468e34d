"""Files are judged by their content, kept whole or not at all, drawn anew, and handed out harmless."""

import errno
import os
import zipfile
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from PIL import Image
from tests.uploads import keep_in

from sqcuola.kernel import files, working
from sqcuola.kernel.files import bounding, pieces, taking
from sqcuola.kernel.files.bounding import Bounding
from sqcuola.kernel.models import PartialFile, StoredFile
from sqcuola.kernel.verdicts import Missing

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.7\n%canary\n"
EVERY = (files.PICTURE, files.PDF, files.TEXT, files.DOCUMENT)


@pytest.fixture(autouse=True)
def uploads(settings, tmp_path):
    keep_in(settings, tmp_path)
    return tmp_path


@pytest.fixture
def take(ada, at):
    def take(content, name="a.bin", **how):
        upload = SimpleUploadedFile(name, content, content_type="text/html")
        return files.take(upload, **{"room": "people", "by": ada, "at": at, **how})

    return take


def picture(kind="JPEG", size=(40, 20), mode="RGB", **how):
    written = BytesIO()
    Image.new(mode, size, "red").save(written, kind, **how)
    return written.getvalue()


def document(*parts):
    written = BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        for name, content in parts:
            archive.writestr(name, content)
    return written.getvalue()


def on_disk(folder):
    return [path for path in Path(folder).rglob("*") if path.is_file()]


class TestTaking:
    def test_a_file_is_kept_under_its_content(self, take, ada, uploads):
        file = take(PDF, "Lettera.pdf")

        assert (file.name, file.kind, file.size, file.account_id) == (
            "Lettera.pdf", "application/pdf", len(PDF), ada.pk,
        )  # fmt: skip
        assert file.digest in file.place
        (kept,) = on_disk(uploads)
        assert kept.read_bytes() == PDF

    @pytest.mark.parametrize(
        ("content", "kind"),
        [
            (picture("PNG"), "image/png"),
            (picture("WEBP"), "image/webp"),
            ("Caffè\n".encode(), "text/plain"),
            (document(("word/document.xml", "<x/>")), files.DOCUMENT.types[1]),
            (document(("mimetype", files.DOCUMENT.types[0])), files.DOCUMENT.types[0]),
        ],
    )
    def test_its_kind_is_what_it_holds(self, take, content, kind):
        assert take(content, "whatever.exe", kinds=EVERY).kind == kind

    @pytest.mark.parametrize(
        ("content", "kinds"),
        [
            (b"MZ\x90\x00\x03", EVERY),
            (b"<svg xmlns='http://www.w3.org/2000/svg'></svg>", (files.PICTURE,)),
            (document(("run.exe", "x")), EVERY),
            (b"PK\x03\x04 broken", EVERY),
            (PDF, (files.PICTURE,)),
            (b"%PNG", (files.PICTURE, files.PDF)),
        ],
    )
    def test_another_kind_is_refused_with_a_sentence_and_not_kept(self, take, uploads, content, kinds):
        with pytest.raises(files.UnfitError, match="di un altro tipo"):
            take(content, "picture.jpg", kinds=kinds)
        assert on_disk(uploads) == []
        assert not StoredFile.objects.exists()

    def test_too_big_and_empty_are_refused(self, take):
        with pytest.raises(files.UnfitError, match="troppo grande"):
            take(PDF, limit=5)
        with pytest.raises(files.UnfitError, match="vuoto"):
            take(b"")

    @pytest.mark.parametrize(
        ("sent", "kept"),
        [
            ("../../etc/passwd", "passwd.pdf"),
            ("C:\\Users\\ada\\cv.docx", "cv.pdf"),
            ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie: x.pdf"),
            ("..pdf", "pdf.pdf"),
            ("é" * 200 + ".pdf", "é" * 120 + ".pdf"),
        ],
    )
    def test_its_name_can_do_no_harm(self, sent, kept):
        assert taking._called(sent, "pdf") == kept

    def test_a_full_disk_is_a_sentence_and_leaves_nothing(self, take, uploads, monkeypatch):
        def full(self, name, content):
            Path(self.path(name)).parent.mkdir(exist_ok=True)
            Path(self.path(name)).write_bytes(b"half")
            raise OSError(errno.ENOSPC, "No space left on device")

        monkeypatch.setattr(
            type(
                storages["default"]._wrapped
                if hasattr(storages["default"], "_wrapped")
                else storages["default"]
            ),
            "_save",
            full,
        )
        with pytest.raises(files.UnfitError, match="spazio"):
            take(PDF)
        assert on_disk(uploads) == []
        assert not StoredFile.objects.exists()

    def test_bytes_without_a_row_are_swept_a_day_later(self, take, uploads, at):
        kept, lost = take(PDF), take(PDF + b"2")
        StoredFile.objects.filter(pk=lost.pk).delete()
        for path in on_disk(uploads):
            os.utime(path, (at.timestamp(), at.timestamp()))

        taking.sweep(at + timedelta(hours=23))
        assert len(on_disk(uploads)) == 2
        taking.sweep(at + timedelta(hours=25))
        assert [path.name for path in on_disk(uploads)] == [Path(kept.place).name]

    def test_a_file_that_one_no_longer_wants_is_there_until_that_is_committed(
        self, take, uploads, django_capture_on_commit_callbacks
    ):
        file = take(PDF)
        with transaction.atomic():
            files.discard(StoredFile.objects.all())
            transaction.set_rollback(True)
        assert (uploads / StoredFile.objects.get().place).exists()

        with django_capture_on_commit_callbacks(execute=True):
            files.discard(StoredFile.objects.all())
        assert not (uploads / file.place).exists()

    def test_a_persons_files_are_forgotten_and_the_same_file_of_another_stays(
        self, take, ada, bruno, uploads
    ):
        take(PDF)
        take(PDF, by=bruno)
        files.forget(ada)

        assert StoredFile.objects.get().account_id == bruno.pk
        assert len(on_disk(uploads)) == 1


class TestBounding:
    def arrives(self, settings, folder, size, piece=64 * 1024):
        """Let a file arrive as a form's does; return what lies on the disk then, and what the form gets."""
        settings.FILE_UPLOAD_TEMP_DIR = folder
        handler = Bounding()
        handler.new_file("portrait", "film.mp4", "video/mp4", None)
        for start in range(0, size, piece):
            handler.receive_data_chunk(b"0" * piece, start)
        return sum(path.stat().st_size for path in on_disk(folder)), handler.file_complete(size)

    def test_a_file_that_fits_is_kept(self, settings, tmp_path, monkeypatch):
        monkeypatch.setattr(bounding, "BOUND", 1_048_576)
        _on_disk, kept = self.arrives(settings, tmp_path, 1_048_576)

        assert kept.size == 1_048_576
        kept.close()

    def test_of_one_beyond_the_bound_only_its_size_is_left(self, settings, tmp_path, monkeypatch, ada, at):
        monkeypatch.setattr(bounding, "BOUND", 1_048_576)
        size = 200 * 1_048_576
        lies_there, stands_in = self.arrives(settings, tmp_path, size)

        assert (lies_there, stands_in.size) == (0, size)
        with pytest.raises(files.UnfitError, match="troppo grande"):
            files.take(stands_in, room="people", by=ada, at=at)

    def test_every_form_of_the_house_goes_through_it(self, settings):
        assert settings.FILE_UPLOAD_HANDLERS[-1].endswith(".Bounding")


class TestPictures:
    def test_a_picture_is_drawn_anew_without_what_else_was_in_it(self, take, at):
        exif = Image.Exif()
        exif[0x010E] = "canary"
        exif[0x0112] = 6  # lies on its side
        file = take(
            picture(size=(40, 20), exif=exif, comment=b"canary") + b"<script>canary</script>", "io.JPG"
        )
        assert not file.is_ready

        working.run_due(at)
        file.refresh_from_db()
        with files.read(file) as opened:
            content = opened.read()
        assert file.is_ready
        assert b"canary" not in content
        assert Image.open(BytesIO(content)).size == (20, 40)
        assert file.size == len(content)

    def test_what_is_clear_stays_clear_and_what_is_large_gets_smaller(self, take, at):
        file = take(picture("PNG", size=(3000, 10), mode="RGBA"))
        working.run_due(at)
        file.refresh_from_db()
        with files.read(file) as opened:
            drawn = Image.open(opened)
            assert (drawn.mode, drawn.width) == ("RGBA", 2400)

    def test_the_first_bytes_are_gone_once_it_is_drawn(self, take, at, uploads):
        take(picture())
        working.run_due(at)

        assert len(on_disk(uploads)) == 1

    @pytest.mark.parametrize("content", [picture()[:300], picture("PNG", size=(9000, 6000), mode="1")])
    def test_one_that_cannot_be_drawn_within_the_limits_is_refused(self, take, at, content):
        file = take(content)
        working.run_due(at)
        file.refresh_from_db()

        assert file.state == StoredFile.State.REFUSED
        with pytest.raises(Missing):
            files.response(file)


class TestSending:
    def test_a_file_is_saved_not_opened_and_can_do_nothing(self, take, client):
        answer = files.response(take(PDF, "Lettera è.pdf"))

        assert b"".join(answer.streaming_content) == PDF
        assert answer["Content-Disposition"].startswith("attachment")
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
        assert answer["Accept-Ranges"] == "none"
        assert answer["Cache-Control"] == "private, no-cache"
        answer.close()

    def test_a_text_never_becomes_a_page(self, take):
        answer = files.response(take(b"<script>alert(1)</script>", "x.html", kinds=(files.TEXT,)))

        assert answer["Content-Type"] == "text/plain; charset=utf-8"
        assert 'filename="x.txt"' in answer["Content-Disposition"]
        answer.close()

    def test_a_picture_may_stand_in_a_page_once_it_is_ready(self, take, at):
        file = take(picture())
        with pytest.raises(Missing):
            files.response(file)
        working.run_due(at)
        file.refresh_from_db()
        answer = files.response(file)

        assert answer["Content-Disposition"].startswith("inline")
        assert answer["Content-Type"] == "image/jpeg"
        answer.close()

    def test_what_is_gone_is_missing(self, take, uploads):
        file = take(PDF)
        on_disk(uploads)[0].unlink()
        for gone in (file, None):
            with pytest.raises(Missing):
                files.response(gone)


class TestPieces:
    @pytest.fixture
    def begun(self, ada, at):
        return files.begin("cv.pdf", len(PDF), room="admissions", by=ada, at=at)

    def test_it_goes_on_where_it_broke(self, begun, ada, at, uploads):
        assert files.append(begun, PDF[:5], offset=0) == 5
        again = files.found(begun.token, room="admissions", by=ada)
        assert again.received == 5
        files.append(again, PDF[5:], offset=5)
        file = files.finish(again, by=ada, at=at)

        assert file.kind == "application/pdf"
        assert not PartialFile.objects.exists()
        assert len(on_disk(uploads)) == 1

    def test_a_piece_sent_twice_is_told_where_to_go_on(self, begun):
        files.append(begun, PDF[:5], offset=0)
        with pytest.raises(files.MisfitError) as told:
            files.append(begun, PDF[:5], offset=0)

        assert told.value.received == 5

    def test_what_a_crash_left_beyond_the_safe_part_does_not_count(self, begun, ada, at):
        files.append(begun, PDF[:5], offset=0)
        with pieces.on_disk(begun).open("ab") as file:
            file.write(b"half a piece")
        files.append(begun, PDF[5:], offset=5)

        assert files.finish(begun, by=ada, at=at).size == len(PDF)

    def test_a_part_is_no_file(self, begun, ada, at):
        files.append(begun, PDF[:5], offset=0)
        with pytest.raises(files.MisfitError):
            files.finish(begun, by=ada, at=at)

    def test_more_than_announced_and_more_than_fits_are_refused(self, begun, ada, at):
        with pytest.raises(files.UnfitError):
            files.append(begun, PDF + b"more", offset=0)
        with pytest.raises(files.UnfitError):
            files.begin("film.mp4", 2 * 1024**3, room="admissions", by=ada, at=at)

    def test_nobody_goes_on_with_anothers_file(self, begun, bruno):
        assert files.found(begun.token, room="admissions", by=bruno) is None
        assert files.found(begun.token, room="people", by=bruno) is None

    def test_of_many_begun_the_oldest_are_dropped(self, ada, at):
        for minutes in range(7):
            files.begin("a", 9, room="admissions", by=ada, at=at + timedelta(minutes=minutes))

        assert PartialFile.objects.count() == 5

    def test_what_stopped_arriving_is_dropped_after_two_days(self, begun, at, uploads):
        files.append(begun, PDF[:5], offset=0)
        from sqcuola.kernel.files import chunks

        chunks.drop_unfinished(at + timedelta(days=3))
        assert not PartialFile.objects.exists()
        assert on_disk(uploads) == []
