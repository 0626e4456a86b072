"""Records to export: one article that has of everything something, and small ones to vary."""

from datetime import date

from sijill.records.schema import (
    ActorRecord,
    ArticleRecord,
    CasualtyRecord,
    CountRecord,
    DateRecord,
    EventRecord,
    MentionRecord,
    ParticipantRecord,
    PartRecord,
    PlaceRecord,
    SiteRecord,
    TollRecord,
)

REBELS = ActorRecord(
    id="rebels", name="فصائل", english="Rebels (Syria)", kind="Rebel group", country="SY"
)
ARMY = ActorRecord(
    id="army", name="الجيش", english="Military Forces of Syria", kind="State forces", country="SY"
)
NAWA = PlaceRecord(
    name="نوى",
    latitude=32.8904,
    longitude=36.0399,
    country="SY",
    admin1="درعا",
    admin2="ازرع",
    code="166365",
    precision="place",
    score=0.9,
)


def mention(text: str, label: str, start: int = 0) -> MentionRecord:
    return MentionRecord(text=text, label=label, start=start, end=start + len(text))


def participant(text: str, label: str, actor: ActorRecord | None = None) -> ParticipantRecord:
    return ParticipantRecord(mention=mention(text, label), actor=actor)


def casualty(least: int | None = 2, most: int | None = 2, start: int = 40, **fields):
    """A KILLED casualty; ``fields`` replace what is set here."""
    return CasualtyRecord(
        **{
            "kind": "KILLED",
            "modality": "ASSERTED",
            "mention": mention("مقتل", "KILLED", start),
            "count": CountRecord(minimum=least, maximum=most),
            **fields,
        }
    )


def event(**fields) -> EventRecord:
    """An ATTACK without anything else; ``fields`` are added."""
    return EventRecord(
        **{
            "id": "e1",
            "kind": "ATTACK",
            "modality": "ASSERTED",
            "background": False,
            "mentions": [mention("هجوما", "ATTACK", 10)],
            **fields,
        }
    )


def article(*events: EventRecord, **fields) -> ArticleRecord:
    return ArticleRecord(
        **{
            "id": "a1",
            "published": date(2023, 12, 31),
            "country": "SY",
            "sha1": "0" * 40,
            "text": "نص",
            "events": list(events),
            **fields,
        }
    )


def full_event(**fields) -> EventRecord:
    """Rebels attack the army at Nawa on 30 December; two women and a child among five are killed."""
    killed = casualty(
        5,
        5,
        victims=[participant("مدنيين", "PEOPLE")],
        groups=["civilians", "children", "women"],
        parts=[
            PartRecord(
                mention=mention("امرأتان", "COUNT", 60), count=CountRecord(minimum=2), group="women"
            ),
            PartRecord(
                mention=mention("طفل", "COUNT", 70), count=CountRecord(minimum=1), group="children"
            ),
        ],
        sources=[participant("المرصد", "ORG")],
        told_again=[mention("القتلى", "KILLED", 80)],
    )
    return event(
        **{
            "confidence": 0.875,
            "when": DateRecord(
                mention=mention("أمس", "DATE", 3),
                iso="2023-12-30",
                start=date(2023, 12, 30),
                end=date(2023, 12, 30),
                precision="day",
            ),
            "where": [
                SiteRecord(mention=mention("حاجز", "FAC", 20)),
                SiteRecord(mention=mention("نوى", "LOC", 30), place=NAWA),
            ],
            "agents": [participant("فصائل", "ARMED", REBELS)],
            "targets": [participant("الجيش", "ARMED", ARMY)],
            "instruments": [mention("قذائف", "WEAPON", 35)],
            "casualties": [
                killed,
                casualty(7, None, start=90, rival_of=killed.mention),
                casualty(3, 3, start=100, kind="ABDUCTED"),
            ],
            "killed": TollRecord(low=5, best=5, high=None),
            "sources": [participant("المرصد", "ORG")],
            **fields,
        }
    )


def full_article() -> ArticleRecord:
    """Such an event, a plan of long ago, and a casualty that no event explains."""
    return article(
        full_event(),
        event(id="e2", modality="PLANNED", background=True),
        casualties=[casualty(None, None, start=120, kind="MISSING", count=None)],
    )
