"""Papers that the demonstration's people bring: pictures that say that they are made up."""

from io import BytesIO

from PIL import Image, ImageDraw

from tongban.app.demo.visitor import Upload


def paper(title: str) -> Upload:
    """A picture of a paper with this title in it, as a phone would upload it."""
    picture = Image.new("RGB", (900, 1270), (252, 250, 244))
    pen = ImageDraw.Draw(picture)
    pen.rectangle((60, 60, 840, 1210), outline=(60, 60, 90), width=3)
    pen.text((110, 120), f"DEMO / MADE UP\n{title}", fill=(30, 30, 60), font_size=36)
    content = BytesIO()
    picture.save(content, "JPEG", quality=80)
    return (f"{title}.jpg", content.getvalue(), "image/jpeg")
