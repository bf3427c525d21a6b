"""The daily edition: many sources in, one accountable document out.

inputs ─collect▶ units ─digest▶ edition ─faces▶ files ─check▶ written, then remembered
"""

from briefing.daily.collect import Collected, collect
from briefing.daily.digest import digest, summaries
from briefing.daily.faces import NAMES, Faces, check, faces
from briefing.daily.publish import publish
from briefing.daily.run import Made, Request, Tools, face_of, folder_of, make

__all__ = [
    "NAMES",
    "Collected",
    "Faces",
    "Made",
    "Request",
    "Tools",
    "check",
    "collect",
    "digest",
    "face_of",
    "faces",
    "folder_of",
    "make",
    "publish",
    "summaries",
]
