"""What several machines share is set by the environment, and a wrong word is answered with a sentence."""

import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from sqcuola.config import sharing

HOME = Path("/nowhere")
HOW = {"mode": "production", "version": "1.2", "secret": "long and random"}
BUCKET = {
    "SQCUOLA_FILES_ENDPOINT": "https://s3.example.org/",
    "SQCUOLA_FILES_REGION": "eu-south-1",
    "SQCUOLA_FILES_KEY": "who",
    "SQCUOLA_FILES_SECRET": "word",
}


@pytest.fixture
def environment(monkeypatch):
    def said(**values):
        for name, value in values.items():
            monkeypatch.setenv(name, value)

    said(**BUCKET)
    return said


def test_without_a_url_everything_is_as_it_was():
    assert sharing.cache("", **HOW) == {"BACKEND": sharing.LOCAL}
    found = sharing.files("", home=HOME)
    assert [found[name]["BACKEND"] for name in ("default", "copies")] == [sharing.DISK] * 2
    assert found["default"]["OPTIONS"] == {"location": HOME / "uploads"}
    assert found["copies"]["OPTIONS"]["location"] == HOME / "copies"


def test_without_a_url_no_library_of_theirs_is_read(tmp_path):
    source = (
        "import os, sys; os.environ['DJANGO_SETTINGS_MODULE'] = 'sqcuola.config.settings'\n"
        "import django; django.setup(); import sqcuola.config.urls\n"
        "print(sorted({'redis', 'boto3', 'botocore'} & set(sys.modules)))"
    )
    env = {"SQCUOLA_HOME": str(tmp_path), "SQCUOLA_MODE": "development", "PATH": "/usr/bin:/bin"}
    done = subprocess.run([sys.executable, "-c", source], env=env, capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


@pytest.mark.parametrize(
    "url",
    ["redis://cache.example", "redis://:p%2Fa@127.0.0.1:6379/3", "rediss://me:word@cache.example:6380/0"],
)
def test_a_url_makes_the_cache_a_shared_one(url):
    found = sharing.cache(url, **HOW)

    assert (found["BACKEND"], found["LOCATION"]) == (sharing.SHARED, [url])
    assert found["KEY_PREFIX"].startswith("sqcuola:1.2:")


def test_neither_another_version_nor_another_school_has_its_keys():
    prefixes = {
        sharing.cache("redis://here", **{**HOW, **other})["KEY_PREFIX"]
        for other in ({}, {"version": "1.3"}, {"secret": "another"})
    }
    assert len(prefixes) == 3
    assert not [prefix for prefix in prefixes if HOW["secret"] in prefix]


@pytest.mark.parametrize(
    "url",
    [
        "cache.example:6379", "http://cache.example", "redis://", "redis:///0", "redis://cache.example/name",
        "redis://cache.example:no/0", "redis://:pa/ss@cache.example", "redis://cache.example/0?db=1", "redis://[::1/0",
    ],
)  # fmt: skip
def test_a_wrong_url_of_the_cache_is_one_sentence_without_a_password(url):
    with pytest.raises(ImproperlyConfigured, match=r"looks like redis://:password@host:6379/0") as said:
        sharing.cache(url, **HOW)
    assert "pa/ss" not in str(said.value)


def test_a_bucket_is_told_everything(environment):
    found = sharing.files("s3://scuola.di-prova", home=HOME)

    told = {"bucket": "scuola.di-prova", "key": "who", "secret": "word"}
    where = {"region": "eu-south-1", "endpoint": "https://s3.example.org"}
    assert found["default"] == {"BACKEND": sharing.BUCKET, "OPTIONS": {**told, **where, "folder": "uploads"}}
    assert found["copies"] == {"BACKEND": sharing.BUCKET, "OPTIONS": {**told, **where, "folder": "copies"}}


@pytest.mark.parametrize(
    ("url", "changed", "said"),
    [
        ("scuola", {}, "names a bucket"),
        ("s3://", {}, "names a bucket"),
        ("s3://scuola/folder", {}, "names a bucket"),
        ("s3://who:word@scuola", {}, "names a bucket"),
        ("https://s3.example.org/scuola", {}, "names a bucket"),
        ("s3://scuola", {"SQCUOLA_FILES_ENDPOINT": "s3.example.org"}, "looks like https://"),
        ("s3://scuola", {"SQCUOLA_FILES_ENDPOINT": "https://s3.example.org/scuola"}, "looks like https://"),
        ("s3://scuola", {"SQCUOLA_FILES_KEY": ""}, "asks who comes"),
        ("s3://scuola", {"SQCUOLA_FILES_SECRET": ""}, "asks who comes"),
    ],
)
def test_a_wrong_word_about_the_bucket_is_one_sentence(environment, url, changed, said):
    environment(**changed)
    with pytest.raises(ImproperlyConfigured, match=said) as refused:
        sharing.files(url, home=HOME)
    assert "word@" not in str(refused.value)


def test_a_package_that_is_not_here_is_named_with_how_to_get_it(environment, monkeypatch):
    monkeypatch.setattr(sharing, "find_spec", lambda _name: None)

    with pytest.raises(ImproperlyConfigured, match=r"pip install 'sqcuola\[redis\]'"):
        sharing.cache("redis://cache.example", **HOW)
    with pytest.raises(ImproperlyConfigured, match=r"pip install 'sqcuola\[s3\]'"):
        sharing.files("s3://scuola", home=HOME)


def test_the_command_line_says_it_and_ends(tmp_path):
    env = {"SQCUOLA_HOME": str(tmp_path), "SQCUOLA_CACHE_URL": "cache.example", "PATH": "/usr/bin:/bin"}
    done = subprocess.run(
        [sys.executable, "-m", "sqcuola", "init"], env=env, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("sqcuola: SQCUOLA_CACHE_URL looks like")
    assert done.stderr.count("\n") == 1
