"""What every mail of the house must be: a text that reads well, and the same in HTML."""

import re
import xml.etree.ElementTree as ET

import html5lib

BRACES = re.compile(r"\{\w*\}|\{\{|\{%|%\(\w+\)s")
TAG = re.compile(r"</?[a-z]+[^>]*>|&(?:amp|lt|gt|quot|#\d+);")


def assert_mail(subject: str, text: str, html: str, language: str) -> None:
    """Check one mail: filled, absolute links, a text without marks, an HTML that says its language and knows the dark."""
    faults = [*_faults_of_text(subject, text), *_faults_of_html(subject, text, html, language)]
    assert faults == [], f"{subject}: {faults}"


def _faults_of_text(subject: str, text: str) -> list[str]:
    found = [f"not filled: {name}" for name in BRACES.findall(subject + text)]
    found += [f"a mark in the text: {mark}" for mark in TAG.findall(text)]
    if not 1 <= len(subject) <= 110 or subject != " ".join(subject.split()):
        found.append("a subject that is empty, too long or badly spaced")
    lines = text.split("\n")
    found += [
        f"badly spaced: {line!r}"
        for line in lines
        if line != "-- " and (line != line.strip() or "  " in line)
    ]
    if "\n\n\n" in text or text != text.lstrip() or not text.endswith("\n") or text.endswith("\n\n"):
        found.append("gaps")
    if re.search(r"\bNone\b|(?<![\w.])/(?:e|me|l|notices|enter)/", re.sub(r"https?://\S+", "", text)):
        found.append("an empty value, or a link that leads nowhere from a mail")
    return found


def _faults_of_html(subject: str, text: str, html: str, language: str) -> list[str]:
    page = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(html)
    found = [
        f"not filled: {name}"
        for name in BRACES.findall(re.sub(r"<style>.*?</style>", "", html, flags=re.DOTALL))
    ]
    if page.get("lang") != language:
        found.append("no language")
    if "prefers-color-scheme: dark" not in html or 'content="light dark"' not in html:
        found.append("no dark")
    if (page.findtext("head/title") or "").strip() != subject:
        found.append("another title")
    links = [link.get("href") or "" for link in page.iter("a")]
    found += [f"not absolute: {link}" for link in links if not re.match(r"(https?://|mailto:)", link)]
    found += [
        f"not in the HTML: {url}" for url in re.findall(r"https?://[^\s)]+[\w/]", text) if url not in links
    ]
    if [image for image in page.iter() if image.tag in {"img", "script", "link"}]:
        found.append("something to be fetched")
    said = _words(page)
    found += [
        f"not in the HTML: {word}"
        for word in re.findall(r"\w{4,}", re.sub(r"https?://\S+", "", text))
        if word not in said
    ]
    return found


def _words(page: ET.Element) -> str:
    return " ".join(page.itertext())
