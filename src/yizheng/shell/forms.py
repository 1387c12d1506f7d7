"""How Django's forms look here: label above, hint on its line, control, error under it.

`FORM_RENDERER = "yizheng.shell.forms.ShellRenderer"` gives every form, those of other packages included, the same
field; `{{ form }}` and `{{ field.as_field_group }}` are enough on a page.
"""

from django.forms.renderers import DjangoTemplates


class ShellRenderer(DjangoTemplates):
    """Forms from the shell's templates."""

    form_template_name = "shell/forms/form.html"
    field_template_name = "shell/forms/field.html"
