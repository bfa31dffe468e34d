import pytest


@pytest.mark.django_db
def test_the_home_page_answers(client):
    answer = client.get("/")

    assert answer.status_code == 200
    assert "<h1>" in answer.content.decode()
