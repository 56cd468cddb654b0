"""What the API says of papers: their heads in a list, and whole the same words, in order, as every printing."""

from typing import Any

from rest_framework import serializers

from people.shapes import BodyShape
from reports.models import Paper
from reports.paper import Kind

KINDS = [(kind.value, kind.value) for kind in Kind]


class PaperShape(serializers.ModelSerializer[Paper]):
    """A paper's head."""

    body = BodyShape(allow_null=True)

    class Meta:
        model = Paper
        fields = ("reference", "state", "title", "committee", "body", "meeting_on", "as_at", "issued_at", "code")


class TableShape(serializers.Serializer[Any]):
    """Figures in rows; the first cell of each row names it."""

    caption = serializers.CharField()
    header = serializers.ListField(child=serializers.CharField())
    rows = serializers.ListField(child=serializers.ListField(child=serializers.CharField()))


class BlockShape(serializers.Serializer[Any]):
    """One heading, paragraph, bullet, table or chart."""

    kind = serializers.ChoiceField(choices=KINDS)
    number = serializers.CharField()
    text = serializers.CharField()
    table = TableShape(allow_null=True)


class SectionShape(serializers.Serializer[Any]):
    """A numbered part."""

    number = serializers.CharField()
    heading = serializers.CharField()
    blocks = BlockShape(many=True)


class ContactShape(serializers.Serializer[Any]):
    """Whom a reader may ring."""

    name = serializers.CharField()
    phone = serializers.CharField()
    email = serializers.CharField()


class HeadShape(serializers.Serializer[Any]):
    """What stands above section 1."""

    report_of = serializers.CharField()
    committee = serializers.CharField()
    meeting_on = serializers.DateField(allow_null=True)
    meeting_words = serializers.CharField()
    letter = serializers.CharField()
    title = serializers.CharField()
    summary = serializers.ListField(child=serializers.CharField())
    signatory = serializers.ListField(child=serializers.CharField())
    contact = ContactShape()
    portfolio = serializers.CharField()
    scrutiny_area = serializers.CharField()


class PaperWholeShape(serializers.Serializer[Any]):
    """A whole paper as the reader may see it."""

    reference = serializers.CharField()
    standing = serializers.CharField(help_text="What copy this is: a draft, or not for publication; or nothing.")
    as_at = serializers.DateField(allow_null=True)
    code = serializers.CharField()
    council = serializers.CharField()
    head = HeadShape()
    sections = SectionShape(many=True)
