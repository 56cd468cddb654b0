"""A council's template for its papers: ordered sections, their numbers and what stands in them by default (E2)."""

from django.db import models


class Template(models.Model):
    """The shape of a paper to one body."""

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=120)

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


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
