"""What does an installed futurefit need? The list in requirements/run.in, and no second copy of it.

The build reads this while it writes the package's metadata.
"""

from pathlib import Path

from hatchling.metadata.plugin.interface import MetadataHookInterface


class Dependencies(MetadataHookInterface):
    """Copies the names and versions of run.in, without the reasons, into the metadata."""

    def update(self, metadata: dict[str, object]) -> None:
        """Fill in the field that pyproject.toml declares as dynamic."""
        lines = Path(self.root, "requirements", "run.in").read_text(encoding="utf-8").splitlines()
        named = (line.partition("#")[0].strip() for line in lines)
        metadata["dependencies"] = [name for name in named if name]
