"""Word documents, read with mammoth: the only one that keeps links, insertions and footnotes."""

from io import BytesIO

from briefing.errors import FormatError
from briefing.model import Article, Source
from briefing.readers.archive import open_archive, read_entry
from briefing.readers.markup import flatten
from briefing.readers.unit import fold, moment, refuse_entities, unit

_CORE = "docProps/core.xml"
_DUBLIN = "{http://purl.org/dc/elements/1.1/}"
_TERMS = "{http://purl.org/dc/terms/}"


def read(source: Source) -> tuple[Article, ...]:
    """Return the one article of a DOCX; title, author and dates come from its properties.

    Raises:
        FormatError: It is damaged, encrypted or not DOCX.
        LimitError: It unpacks to more than any document does.
    """
    import mammoth

    with open_archive(source.body, what="Word document") as archive:
        names = archive.namelist()
        properties = _properties(read_entry(archive, _CORE)) if _CORE in names else {}
        for name in names:
            if name.endswith((".xml", ".rels")):
                refuse_entities(read_entry(archive, name))
    try:
        # Pictures would be unpacked and encoded only to be dropped again.
        result = mammoth.convert_to_html(
            BytesIO(source.body), convert_image=mammoth.images.img_element(lambda _: {})
        )
    except Exception as error:
        # mammoth raises whatever its parser met: KeyError, AttributeError, ExpatError …
        raise FormatError(f"not a whole Word document ({type(error).__name__})") from error
    return (
        unit(
            ref=source.ref,
            text=flatten(result.value),
            title=properties.get(f"{_DUBLIN}title"),
            authors=tuple(filter(None, [properties.get(f"{_DUBLIN}creator")])),
            times=(moment(properties.get(f"{_TERMS}created")), None),
            url=source.url,
        ),
    )


def _properties(xml: bytes) -> dict[str, str]:
    """Return the document's properties by their qualified names."""
    from lxml import etree

    refuse_entities(xml)
    try:
        root = etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError:
        return {}
    return {str(node.tag): value for node in root if (value := fold(node.text))}
