"""Files in a bucket: the same promises as on a disk, from the first piece to the last byte, and no traffic to elsewhere."""

import socket
import time
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from tests.pages import assert_page

from sqcuola.kernel import clock, files, working
from sqcuola.kernel.files import bucket as buckets
from sqcuola.kernel.files import chunks, pieces, taking
from sqcuola.kernel.files.bucket import Bucket, BucketError
from sqcuola.kernel.models import PartialFile, StoredFile
from sqcuola.kernel.verdicts import Missing

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.7\n%canary\n"


@pytest.fixture
def there(bucket, settings):
    bucket.keep_in(settings)
    return bucket


@pytest.fixture
def silent(there, settings, monkeypatch):
    """A bucket behind a port where nobody is."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    kind = settings.STORAGES["default"]
    nowhere = {**kind, "OPTIONS": {**kind["OPTIONS"], "endpoint": f"http://127.0.0.1:{port}"}}

    def fall():
        settings.STORAGES = {**settings.STORAGES, "default": nowhere}

    return fall


def take(ada, at, content=PDF, name="a.pdf"):
    return files.take(SimpleUploadedFile(name, content), room="people", by=ada, at=at)


def picture():
    written = BytesIO()
    Image.new("RGB", (40, 20), "red").save(written, "JPEG", comment=b"CANARY")
    return written.getvalue()


class TestAFile:
    def test_it_is_kept_sent_and_deleted(self, there, ada, at):
        file = take(ada, at)
        answer = files.response(file)

        assert there.keys == [f"uploads/{file.place}"]
        assert b"".join(answer.streaming_content) == PDF
        assert answer["Content-Disposition"].startswith("attachment")
        files.forget(ada)
        assert there.keys == []
        answer.close()

    def test_a_picture_is_drawn_anew_and_its_first_bytes_are_gone(self, there, ada, at):
        file = take(ada, at, picture(), "me.jpg")
        working.run_due(at)
        file.refresh_from_db()

        assert (file.state, there.keys) == (StoredFile.State.READY, [f"uploads/{file.place}"])
        with files.read(file) as opened:
            assert b"CANARY" not in opened.read()

    def test_what_is_gone_is_missing(self, there, ada, at):
        file = take(ada, at)
        there.client().delete_object(Bucket=there.name, Key=f"uploads/{file.place}")

        with pytest.raises(Missing):
            files.response(file)

    def test_bytes_without_a_row_are_swept_a_day_later(self, there, ada, at):
        kept, lost = take(ada, at), take(ada, at, PDF + b"2")
        StoredFile.objects.filter(pk=lost.pk).delete()

        taking.sweep(clock.now() + timedelta(hours=23))
        assert len(there.keys) == 2
        taking.sweep(clock.now() + timedelta(hours=25))
        assert there.keys == [f"uploads/{kept.place}"]

    def test_nobody_but_the_school_opens_it(self, there, ada, at):
        file = take(ada, at)
        (grant,) = there.client().get_object_acl(Bucket=there.name, Key=f"uploads/{file.place}")["Grants"]

        assert grant["Grantee"]["Type"] == "CanonicalUser"
        with pytest.raises(ValueError, match="has no address"):
            storages["default"].url(file.place)


class TestTheStorage:
    def test_it_lists_measures_and_dates(self, there):
        storage = storages["default"]
        for name in ("aa/one", "aa/bb/two", "three"):
            storage.save(name, ContentFile(name.encode()))

        assert storage.listdir("") == (["aa"], ["three"])
        assert storage.listdir("aa") == (["bb"], ["one"])
        assert {held.name: held.size for held in storage.all_in("aa")} == {"aa/bb/two": 9, "aa/one": 6}
        assert (storage.size("three"), storage.exists("three"), storage.exists("four")) == (5, True, False)
        assert abs(storage.get_modified_time("three") - clock.now()) < timedelta(minutes=1)
        storage.save("three", ContentFile(b"3"))
        with storage.open("three") as opened:
            assert opened.read() == b"3"
        for gone in (storage.open, storage.size, storage.get_modified_time):
            with pytest.raises(FileNotFoundError):
                gone("four")
        storage.delete("four")
        with pytest.raises(ValueError, match="is read"):
            storage.open("three", "wb")

    def test_of_more_than_a_thousand_it_lists_all(self, there, monkeypatch):
        storage, client = storages["default"], there.client()
        for number in range(5):
            storage.save(f"aa/{number}", ContentFile(b"x"))
        ask = client.get_paginator

        def in_twos(name):
            pages = ask(name)
            return type(
                "",
                (),
                {"paginate": lambda _self, **how: pages.paginate(**how, PaginationConfig={"PageSize": 2})},
            )()

        monkeypatch.setattr(client, "get_paginator", in_twos)
        assert len(storage.listdir("aa")[1]) == len(list(storage.all_in())) == 5

    @pytest.mark.parametrize("name", ["", "/etc/passwd", "../copies/a", "aa/../../b"])
    def test_a_name_cannot_lead_away(self, there, name):
        with pytest.raises(ValueError, match="no name of a file"):
            storages["default"].delete(name)

    def test_a_key_that_is_refused_is_told_apart_from_a_file_that_is_not_there(self, there):
        stranger = Bucket(**{**there.options("uploads"), "bucket": "another"})

        assert (stranger.answers(), storages["default"].answers()) == (False, True)
        with pytest.raises(BucketError, match="NoSuchBucket"):
            stranger.open("a")
        with pytest.raises(BucketError, match="NoSuchBucket"):
            stranger.save("a", ContentFile(b"a"))

    def test_versions_that_are_kept_are_seen(self, there):
        assert not storages["default"].keeps_versions()
        there.client().put_bucket_versioning(Bucket=there.name, VersioningConfiguration={"Status": "Enabled"})
        assert storages["default"].keeps_versions()
        there.client().put_bucket_versioning(
            Bucket=there.name, VersioningConfiguration={"Status": "Suspended"}
        )

    def test_versions_that_were_turned_off_are_seen_as_long_as_one_is_left(self, there, monkeypatch):
        monkeypatch.setattr("sqcuola.kernel.files.bucket._rid_of_versions", set())
        files, client, keeps = storages["default"], there.client(), {"Bucket": there.name}

        def turn(status):
            client.put_bucket_versioning(**keeps, VersioningConfiguration={"Status": status})

        turn("Enabled")
        files.save("of-old", ContentFile(b"a"))
        files.delete("of-old")
        turn("Suspended")
        assert not files.exists("of-old")
        assert files.keeps_versions()

        turn("Enabled")  # what stands in for a bucket takes versions away only then
        found = client.list_object_versions(**keeps)
        for old in found["Versions"] + found["DeleteMarkers"]:
            client.delete_object(**keeps, Key=old["Key"], VersionId=old["VersionId"])
        turn("Suspended")
        files.save("new", ContentFile(b"a"))
        assert files.exists("new")
        assert not files.keeps_versions()

    def test_it_asks_nobody_else(self, there, monkeypatch):
        """Whoever has keys from elsewhere, a profile or a metadata service to offer is not asked."""
        asked, connect = set(), socket.socket.connect
        for name, value in {
            "AWS_ACCESS_KEY_ID": "another",
            "AWS_SECRET_ACCESS_KEY": "another",
            "AWS_ENDPOINT_URL": "http://192.0.2.1",
            "AWS_DEFAULTS_MODE": "auto",
        }.items():
            monkeypatch.setenv(name, value)
        monkeypatch.setattr(socket.socket, "connect", lambda s, to: asked.add(to[0]) or connect(s, to))
        buckets._client.cache_clear()
        storages["default"].save("a", ContentFile(b"a"))
        buckets._client.cache_clear()

        assert (asked, there.keys) == ({"127.0.0.1"}, ["uploads/a"])


class TestPieces:
    @pytest.fixture
    def begun(self, there, ada, at):
        return files.begin("cv.pdf", len(PDF), room="admissions", by=ada, at=at)

    def test_they_come_together_whichever_machine_they_reached(self, begun, there, ada, at):
        files.append(begun, PDF[:5], offset=0)
        assert there.keys == [f"uploads/arriving/{begun.token}/000000000000"]
        files.append(begun, PDF[5:9], offset=5)
        with pytest.raises(files.MisfitError) as told:
            files.append(begun, PDF[5:9], offset=5)
        assert told.value.received == 9
        files.append(begun, PDF[9:], offset=9)
        file = files.finish(begun, by=ada, at=at)

        assert there.keys == [f"uploads/{file.place}"]
        with files.read(file) as opened:
            assert opened.read() == PDF

    def test_one_that_an_earlier_try_left_does_no_harm(self, begun, there, ada, at):
        pieces.write(begun, b"left by a crash", 0)
        pieces.write(begun, b"and this", 3)
        files.append(begun, PDF[:5], offset=0)
        files.append(begun, PDF[5:], offset=5)

        with files.read(files.finish(begun, by=ada, at=at)) as opened:
            assert opened.read() == PDF
        assert len(there.keys) == 1

    def test_one_that_was_lost_is_sent_again(self, begun, there, ada, at):
        files.append(begun, PDF[:5], offset=0)
        there.client().delete_object(Bucket=there.name, Key=there.keys[0])
        with pytest.raises(files.MisfitError) as told:
            files.append(begun, PDF[5:], offset=5)

        assert told.value.received == 0
        files.append(begun, PDF, offset=0)
        assert files.finish(begun, by=ada, at=at).size == len(PDF)

    def test_what_stopped_arriving_is_dropped(self, begun, there, at):
        files.append(begun, PDF[:5], offset=0)
        storages["default"].save("arriving/nobodys/000000000000", ContentFile(b"x"))
        chunks.drop_unfinished(at + timedelta(days=3))
        assert not PartialFile.objects.exists()

        chunks.drop_unfinished(clock.now() + timedelta(days=3))
        assert there.keys == []


class TestSilence:
    def test_what_cannot_be_kept_is_a_sentence(self, there, silent, ada, at):
        begun = files.begin("cv.pdf", len(PDF), room="admissions", by=ada, at=at)
        silent()
        for act in (lambda: take(ada, at), lambda: files.append(begun, PDF, offset=0)):
            with pytest.raises(files.UnfitError, match="nessuno risponde"):
                act()
        assert not StoredFile.objects.exists()

    def test_neither_can_one_more_be_begun_in_place_of_the_oldest(self, there, silent, ada, at):
        for _time in range(chunks.AT_ONCE):
            files.begin("cv.pdf", len(PDF), room="admissions", by=ada, at=at)
        silent()
        with pytest.raises(files.UnfitError, match="nessuno risponde"):
            files.begin("cv.pdf", len(PDF), room="admissions", by=ada, at=at)
        assert PartialFile.objects.count() == chunks.AT_ONCE

    def test_what_has_arrived_stays_for_another_try(self, there, silent, settings, ada, at):
        begun = files.begin("cv.pdf", len(PDF), room="admissions", by=ada, at=at)
        files.append(begun, PDF, offset=0)
        answering = settings.STORAGES
        silent()
        with pytest.raises(files.UnfitError, match="nessuno risponde"):
            files.finish(begun, by=ada, at=at)

        settings.STORAGES = answering
        assert files.finish(begun, by=ada, at=at).size == len(PDF)

    def test_a_file_that_does_not_come_is_a_page_that_says_so(self, there, silent, ada, at, caplog):
        file = take(ada, at)
        silent()
        answer = files.response(file)

        assert (answer.status_code, answer["Retry-After"]) == (503, "60")
        assert_page(answer, status=503)
        assert [record.getMessage()[:26] for record in caplog.records if "file" in record.getMessage()] == [
            "the bucket of files does n",
            "A file could not be read: ",
        ]

    def test_one_that_hangs_is_waited_for_once(self, there, settings, monkeypatch):
        monkeypatch.setattr(buckets, "READ", 0.2)
        buckets._client.cache_clear()
        with socket.create_server(("127.0.0.1", 0)) as deaf:
            where = f"http://127.0.0.1:{deaf.getsockname()[1]}"
            hung = Bucket(**{**there.options("uploads"), "endpoint": where})
            began = time.monotonic()
            for _time in range(20):
                with pytest.raises(BucketError):
                    hung.open("aa/a")
            assert time.monotonic() - began < 8
            assert not hung.answers()
        buckets._client.cache_clear()

    def test_what_one_no_longer_wants_holds_nothing_up_and_is_swept(
        self, there, silent, settings, ada, at, django_capture_on_commit_callbacks
    ):
        take(ada, at)
        answering = settings.STORAGES
        silent()
        with django_capture_on_commit_callbacks(execute=True):
            files.discard(StoredFile.objects.all())
        assert not StoredFile.objects.exists()

        settings.STORAGES = answering
        assert len(there.keys) == 1
        taking.sweep(clock.now() + timedelta(days=2))
        assert there.keys == []

    def test_a_person_is_not_said_to_be_forgotten(self, there, silent, ada, at):
        take(ada, at)
        silent()
        with pytest.raises(BucketError):
            files.forget(ada)
        assert StoredFile.objects.count() == 1

    def test_a_job_tries_again(self, there, silent, settings, ada, at):
        file = take(ada, at, picture(), "me.jpg")
        answering = settings.STORAGES
        silent()
        working.run_due(at)
        file.refresh_from_db()
        assert file.state == StoredFile.State.WAITING

        settings.STORAGES = answering
        working.run_due(at + timedelta(hours=1))
        file.refresh_from_db()
        assert file.state == StoredFile.State.READY
