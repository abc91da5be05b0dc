"""How does GOV.UK Frontend become a council's style sheet?

The design system is open to all (MIT licence), but councils must use neither the crown nor the GDS
Transport typeface. So this takes the release that npm fetched, strips both, and refuses to write
the sheet if any trace of them is left. Nothing else of the release is used: no script, no picture,
no font. Standard library only, since bootstrap.py calls it.
"""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RELEASE = ROOT / "node_modules/govuk-frontend/dist/govuk/govuk-frontend.min.css"
STYLE_SHEET = ROOT / "src/futurefit/site/common/static/common/govuk.css"

CHARSET = '@charset "UTF-8";'
TYPEFACE = "arial,Arimo,Liberation Sans,Helvetica,sans-serif"
# The licence asks that its notice travels with the work.
NOTICE = (
    "/* Made from GOV.UK Frontend (github.com/alphagov/govuk-frontend), MIT licence, "
    "copyright Crown Copyright (Government Digital Service). Typeface and crest removed. */"
)
FORBIDDEN = ("@font-face", "gds transport", "crown", "crest", "url(", "@import")


class TracesLeft(ValueError):
    """The release has changed shape: something that councils must not use is still in the sheet."""


def rebrand(sheet: str) -> str:
    """Give the style sheet of a release without its typeface and crest.

    >>> rebrand(".a{font-family:GDS Transport,arial,sans-serif}").endswith("sans-serif}")
    True
    """
    sheet = re.sub(r"@font-face\{[^}]*\}", "", sheet)
    sheet = sheet.replace("GDS Transport,arial,sans-serif", TYPEFACE)
    sheet = re.sub(r"url\([^)]*govuk-crest\.svg\)", "none", sheet)
    sheet = re.sub(r"\.govuk-footer__crown\{[^}]*\}", "", sheet)
    sheet = re.sub(r"/\*# sourceMappingURL=.*?\*/", "", sheet)
    if left := [trace for trace in FORBIDDEN if trace in sheet.lower()]:
        raise TracesLeft(f"still in the style sheet: {', '.join(left)}")
    body = sheet.removeprefix(CHARSET).strip()
    return f"{CHARSET}{NOTICE}\n{body}\n"


def main() -> None:
    """Write the style sheet that the site serves."""
    try:
        sheet = rebrand(RELEASE.read_text(encoding="utf-8"))
    except TracesLeft as problem:
        sys.exit(f"{RELEASE}: {problem}. Mend tools/frontend.py for this release.")
    STYLE_SHEET.parent.mkdir(parents=True, exist_ok=True)
    STYLE_SHEET.write_text(sheet, encoding="utf-8")


if __name__ == "__main__":
    main()
