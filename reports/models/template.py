"""A council's template for its papers: who reports, ordered sections, and what stands in them by default (E2)."""

from datetime import date

from django.db import models


class Template(models.Model):
    """The shape of a paper to one body."""

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=120)
    report_of = models.CharField(max_length=200, blank=True)
    portfolio = models.CharField(max_length=200, blank=True)
    scrutiny_area = models.CharField(max_length=200, blank=True)
    signatory = models.JSONField(default=list)
    """The name and the post, a line each."""
    contact_name = models.CharField(max_length=160, blank=True)
    contact_phone = models.CharField(max_length=60, blank=True)
    contact_email = models.CharField(max_length=160, blank=True)
    annual_council_on = models.DateField(default=date(2026, 5, 19))
    """The day on which the municipal year begins, and document letters begin again; of other years, its like."""

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name

    @classmethod
    def ours(cls) -> "Template | None":
        """The template for papers to the Executive, or none before the council has set one up."""
        return cls.objects.prefetch_related("sections").first()


class TemplateSection(models.Model):
    """One heading of the template. Its number is stored, so that 7.8 may be followed by 7.10."""

    template = models.ForeignKey(Template, on_delete=models.CASCADE, related_name="sections")
    number = models.CharField(max_length=8)
    heading = models.CharField(max_length=160)
    default = models.TextField(blank=True)
    """What is printed where the council declares that nothing needs saying: “None.”"""
    mandatory = models.BooleanField(default=True)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ("template", "position")
        constraints = (models.UniqueConstraint(fields=("template", "number"), name="section_number_once"),)

    def __str__(self) -> str:
        return f"{self.number} {self.heading}"
