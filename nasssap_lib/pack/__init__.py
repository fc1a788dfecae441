"""The country pack: a folder of tables, checked against one schema, read into a frozen :class:`Pack`."""

from nasssap_lib.pack.model import Pack, Settings
from nasssap_lib.pack.reader import countries, data_root, pack_digest, read_pack

__all__ = ["Pack", "Settings", "countries", "data_root", "pack_digest", "read_pack"]
