"""Typesetting: from plain data to a PDF/A page in Chinese Song type, with every glyph accounted for."""

from yizheng.documents.typesetting.compiler import TypesettingError, compile_page
from yizheng.documents.typesetting.fonts import Typefaces, typefaces

__all__ = ["Typefaces", "TypesettingError", "compile_page", "typefaces"]
