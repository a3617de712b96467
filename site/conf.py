"""How Sphinx makes the pages: tools/site.py puts together what it reads, and calls it."""

import re
import tomllib
from pathlib import Path

from docutils import nodes
from sphinx.domains.python import PyObject

from tools.mathml import to_mathml
from tools.site import lesson_of_page

ROOT = Path(__file__).parents[1]

project = "Seeing inside a neural network"
author = "The course contributors"
copyright = f"2026, {author}"
release = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
language = "en"

extensions = ["myst_nb", "sphinx.ext.autodoc", "sphinx.ext.autosummary", "sphinx.ext.napoleon"]
templates_path = [str(Path(__file__).parent / "templates")]

# Notebooks are shown as they were committed.
nb_execution_mode = "off"
nb_ipywidgets_js = {}  # they would come from another host, and no output needs them
nb_merge_streams = True
myst_enable_extensions = ["attrs_block", "attrs_inline", "dollarmath"]
myst_heading_anchors = 3

# Docstrings name parameters in single backticks, and what they refer to: only that gets a link.
default_role = "py:obj"
autodoc_member_order = "bysource"
autodoc_typehints = "none"  # the docstring says the types, with shapes
autodoc_default_options = {"members": True}
autosummary_generate = False
napoleon_google_docstring = False
napoleon_use_rtype = False
napoleon_use_ivar = True  # attributes in a list, as parameters are
python_use_unqualified_type_names = True
add_module_names = False

html_theme = "sphinx_book_theme"
html_title = project
html_favicon = str(Path(__file__).parent / "static" / "seven.svg")
html_static_path = [str(Path(__file__).parent / "static")]
html_css_files = ["course.css"]
html_js_files = [("course.js", {"defer": "defer"})]
html_context = {"default_mode": "auto"}
html_math_renderer = "mathml"
html_copy_source = False
html_search_scorer = str(Path(__file__).parent / "scorer.js")
html_show_sourcelink = False
html_use_index = False
html_domain_indices = False
html_sidebars = {"**": ["home.html", "search-button-field.html", "sbt-sidebar-nav.html"]}
html_theme_options = {
    "article_header_end": "header_buttons.html",
    "footer_content_items": "licence.html",
    "home_page_in_toc": False,
    "max_navbar_depth": 2,
    "pygments_light_style": "a11y-high-contrast-light",
    "pygments_dark_style": "a11y-high-contrast-dark",
    "search_bar_text": "Search the course",
    "secondary_sidebar_items": {"**": ["page-toc.html"], "index": [], "glossary": []},
    "show_toc_level": 1,
    "toc_title": "On this page",
    "use_download_button": False,
    "use_fullscreen_button": False,
}


def formula_in_a_line(translator, node):
    kind = "formula-in-line long" if len(node.astext()) > 40 else "formula-in-line"
    translator.body.append(f'<span class="{kind}">{to_mathml(node.astext())}</span>')
    raise nodes.SkipNode


def formula_in_a_block(translator, node):
    formula = to_mathml(node.astext(), display=True)
    translator.body.append(f'<div class="formula" tabindex="0">{formula}</div>')
    raise nodes.SkipNode


def name_lessons(app, env):
    """Search, the browser's title and the links between lessons name each as the menu does."""
    for page in env.titles:
        if page.startswith("lessons/"):
            title = nodes.title("", "", nodes.Text(lesson_of_page(f"{page}.ipynb").title))
            env.titles[page] = env.longtitles[page] = title


def describe(app, pagename, templatename, context, doctree):
    """What a page says first, for search engines and for those who are sent its address."""
    paragraph = doctree and doctree.next_node(nodes.paragraph)
    context["description"] = " ".join(paragraph.astext().split()) if paragraph else html_title


def mend(app, pagename, templatename, context, doctree):
    """What axe finds in pages of the theme: an arrow without a name, and an empty heading.

    And the numbers of lessons in the menu, in a column of their own.
    """
    menu = context["generate_toctree_html"]

    def named(*args, **options):
        text = str(menu(*args, **options)).replace("<summary>", '<summary aria-label="Its pages">')
        return re.sub(r'">(\d+) (?=[^<>]*</a>)', r'"><span class="number">\1</span> ', text)

    context["generate_toctree_html"] = named
    empty = '<th class="head"><p></p></th>'
    context["body"] = context.get("body", "").replace(empty, "<td></td>")


def setup(app):
    for field in PyObject.doc_field_types:
        if field.name == "variable":  # as docstrings call them
            field.label = "Attributes"
    app.add_html_math_renderer(
        "mathml",
        inline_renderers=(formula_in_a_line, None),
        block_renderers=(formula_in_a_block, None),
    )
    app.connect("env-updated", name_lessons)
    app.connect("html-page-context", describe)
    app.connect("html-page-context", mend, priority=950)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
