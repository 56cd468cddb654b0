"""The way of a visit's letter: received as a draft, commented on, final, and then published by Ofsted or never (R6)."""

from django.db.models import TextChoices


class Stage(TextChoices):
    """Where a letter is on its way."""

    DRAFT = "draft", "Draft received"
    COMMENTED = "commented", "Accuracy comments sent"
    FINAL = "final", "Final letter received"
    PUBLISHED = "published", "Published by Ofsted"
    NEVER = "never", "Never to be published by Ofsted"


FOLLOWED_BY: dict[Stage, tuple[Stage, ...]] = {
    Stage.DRAFT: (Stage.COMMENTED, Stage.FINAL),
    Stage.COMMENTED: (Stage.FINAL,),
    Stage.FINAL: (Stage.PUBLISHED, Stage.NEVER),
    # Ofsted may hold a letter back, over an election say, and publish it after all.
    Stage.NEVER: (Stage.PUBLISHED,),
    Stage.PUBLISHED: (),
}


def objection(stage: str, to: str) -> str | None:
    """Why a letter does not go from one stage to another, or None if it does."""
    follow = FOLLOWED_BY[Stage(stage)]
    if to in follow:
        return None
    here = f"This letter is at “{Stage(stage).label}”"
    if not follow:
        return f"{here}, and nothing comes after that."
    return f"{here}. What can come next is {' or '.join(f'“{each.label}”' for each in follow)}."
