"""{% load widgets %}: a Django form control with our own classes."""

from django import template
from django.forms import BoundField
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def control(field: BoundField, classes: str, *, hinted: bool = True) -> SafeString:
    """The control alone, without label and errors; hinted: its hint stands beside it."""
    if not hinted:
        # Django names the hint in the control, though the page leaves it out.
        field.help_text = ""
    # The label says it already; a placeholder vanishes as soon as one types.
    return field.as_widget(attrs={"class": classes, "placeholder": False})
