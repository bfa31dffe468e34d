"""Where a test keeps what people send, and the copies made for them: in a folder of its own, or in a bucket."""

from django.core.files.storage import storages

DISK = "django.core.files.storage.FileSystemStorage"


def keep_in(settings, folder):
    """Let everything that the house keeps outside of its database lie below `folder`; copies lie in `copies` there."""
    settings.HOME = settings.UPLOADS = folder
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": DISK, "OPTIONS": {"location": folder}},
        "copies": {"BACKEND": DISK, "OPTIONS": {"location": folder / "copies"}},
    }


def copies():
    """Return the names of the copies that lie there."""
    return [] if not storages["copies"].exists("") else storages["copies"].listdir("")[1]
