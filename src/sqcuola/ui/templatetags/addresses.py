"""The tag `url` of every template of the house, as Django's in all it does, through the kept addresses."""

from django import template
from django.template.base import Parser, Token
from django.template.context import Context
from django.template.defaulttags import URLNode
from django.template.defaulttags import url as parsed
from django.urls import NoReverseMatch
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from sqcuola.ui.addresses import address

register = template.Library()


class AddressNode(URLNode):
    """Write an address, or keep it under a name: then one that is not there is an empty text."""

    def render(self, context: Context) -> SafeString:
        values = [value.resolve(context) for value in self.args]
        named = {name: value.resolve(context) for name, value in self.kwargs.items()}
        match = getattr(getattr(context, "request", None), "resolver_match", None)
        found = ""
        try:
            found = address(self.view_name.resolve(context), *values, app=match and match.namespace, **named)
        except NoReverseMatch:
            if self.asvar is None:
                raise
        if self.asvar:
            context[self.asvar] = found
            return mark_safe("")
        return conditional_escape(found)


@register.tag
def url(parser: Parser, token: Token) -> AddressNode:
    """Read the tag as Django does."""
    node = parsed(parser, token)
    return AddressNode(node.view_name, node.args, node.kwargs, node.asvar)
