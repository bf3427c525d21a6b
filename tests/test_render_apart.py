"""A letter that another font steps in for is printed as itself, bold or not."""

import proofs

from briefing.verify import verify


def test_a_face_made_bold_is_not_taken_for_the_bold_face_of_its_family() -> None:
    """The bold face of a family lacks what the regular one has, and both step in on one page."""
    words = ("Ring ℚ of rationals", "Ring \u212b of lengths", "Vector 𝑁 and 𝐟")
    edition, texts = proofs.edition(3, words=words), proofs.texts(3, words=words)
    document = proofs.faces(edition, texts, only=["pdf"])["pdf"]

    assert {a.title for s in edition.stories for a in s.articles} == set(words)
    assert verify(document, name="e.pdf").findings == ()
