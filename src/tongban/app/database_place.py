"""Where a node keeps its database: a file in its folder, or a schema of a PostgreSQL."""

from tongban.app.database_file import look_at_database
from tongban.app.database_server import look_at_server
from tongban.app.settings import Folder, Settings


def look_at(folder: Folder, settings: Settings) -> str:
    """What is found, in words; changes nothing.

    Raises DatabaseTooNew where a later version wrote there, and StorageFailed or one of its kinds
    where it cannot be read or promises too little.
    """
    if settings.database:
        return look_at_server(settings.database)
    return look_at_database(folder.database)
