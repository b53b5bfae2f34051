from __future__ import annotations

import pytest

from reputation.taxonomy import agrees, description, everyday_words, fields, fields_of, phrases_in


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("Cardiologist", "heart doctor", "same"),
        ("207RC0000X", "Cardiovascular Disease", "same"),
        ("OB/GYN", "Obstetrics & Gynecology", "same"),
        ("Internal Medicine, Cardiology", "207RC0000X", "same"),
        ("Board Certified Dermatologist", "Dermatology", "same"),
        ("gynecologic oncology", "oncology", "broader"),
        ("Hematology/Oncology", "Medical Oncology", "broader"),
        ("Hospitalist", "Internal Medicine", "broader"),
        ("cardiology", "dermatology", "different"),
        ("Optometrist", "Ophthalmologist", "different"),
        ("Family Medicine", "Internal Medicine", "different"),
        ("Nurse Practitioner", "Cardiology", "unknown"),
        ("wizardry", "cardiology", "unknown"),
        ("", "cardiology", "unknown"),
    ],
)
def test_specialties_agree_in_code_and_word(a: str, b: str, expected: str) -> None:
    assert agrees(a, b) == expected
    assert agrees(b, a) == expected


def test_every_description_and_first_word_names_its_own_field() -> None:
    for field in fields().values():
        for code, text in field.codes:
            assert field.id in fields_of(code)
            assert description(code) == text
            assert field.id in fields_of(text), text
        assert field.id in fields_of(field.words[0]), field.words[0]


def test_every_broader_field_exists() -> None:
    assert all(broader in fields() for field in fields().values() for broader in field.broader)


def test_no_code_stands_twice() -> None:
    codes = [code for field in fields().values() for code, _ in field.codes]
    assert len(codes) == len(set(codes)) >= 150


def test_specialties_are_found_in_running_text_the_longest_first() -> None:
    found = [phrase for phrase, _ in phrases_in("A cardiac surgeon, not an Ear, Nose & Throat doctor.")]
    assert found == ["cardiac surgeon", "ear nose and throat"]


def test_everyday_words_begin_with_the_plain_label() -> None:
    assert everyday_words("207RC0000X")[:2] == ("cardiology", "cardiologist")
    assert everyday_words("wizardry") == ()
    assert description("999999999X") is None
