"""How are style sheets addressed, so that browsers keep them for ever and never keep an old one?"""

from __future__ import annotations

from typing import Any

from whitenoise.storage import (  # type: ignore[import-untyped]
    CompressedManifestStaticFilesStorage,
)


class HashedFiles(CompressedManifestStaticFilesStorage):
    """Addresses carry a digest of the file once `serve` has collected the files.

    Before that (in tests, or under another server) they are plain, and whitenoise finds the files
    where they lie.
    """

    manifest_strict = False

    def hashed_name(self, name: str, content: Any = None, filename: str | None = None) -> str:
        """The name with its digest, or plain if the file has not been collected."""
        try:
            return str(super().hashed_name(name, content, filename))
        except ValueError:
            return name
