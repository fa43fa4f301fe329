"""A place → where members find it on a map of OpenStreetMap.  Nothing of a map is fetched before somebody follows the link."""

from __future__ import annotations

from urllib.parse import quote

from handbill.hub.facets import Place

#: Near enough to see house numbers.
CLOSE = 17


def on_map(place: Place) -> str:
    """Return the address of a map that shows the place: its coordinates, or what is found by its address; "" for neither."""
    if place.latitude is not None and place.longitude is not None:
        north, east = _degrees(place.latitude), _degrees(place.longitude)
        return f"https://www.openstreetmap.org/?mlat={north}&mlon={east}#map={CLOSE}/{north}/{east}"
    if not place.street or not (place.city or place.postcode):
        # A name alone finds another hall of that name in another town.
        return ""
    town = " ".join(part for part in (place.postcode, place.city) if part)
    return "https://www.openstreetmap.org/search?query=" + quote(", ".join(one for one in (place.street, town, place.country) if one))


def _degrees(value: float) -> str:
    # A tenth of a metre; Python would write a very small number with an exponent.
    return f"{value:.6f}".rstrip("0").rstrip(".")
