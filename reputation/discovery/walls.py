"""Tells bot walls, error pages and script shells from pages: silence is not absence.

A mark in the source proves nothing alone: pages behind a wall carry the vendor's sensor too, articles write
about captchas, review forms hold one.  So a mark or a phrase counts only where the page says little else.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_LITTLE = 3_000
"""Characters of visible text: no wall says more (measured on 30 of them), no profile with reviews says less."""
_VERY_LITTLE = 900
_NOTHING = 50


class _Mark(NamedTuple):
    vendor: str
    pattern: re.Pattern[str]


def _marks(*pairs: tuple[str, str]) -> tuple[_Mark, ...]:
    return tuple(_Mark(vendor, re.compile(pattern, re.IGNORECASE)) for vendor, pattern in pairs)


_IN_SOURCE = (
    (
        "Cloudflare",
        "_cf_chl_opt cf-browser-verification cf_chl_prog cf_chl_rc cf_chl_managed cf-error-details",
    ),
    ("Cloudflare", "jschl_vc jschl-answer jschl_answer cf_captcha_kind /orchestrate/chl_ /orchestrate/jsch"),
    ("DataDome", "geo.captcha-delivery.com ct.captcha-delivery.com c.captcha-delivery.com"),
    ("HUMAN (PerimeterX)", "px-captcha captcha.px-cdn.net"),
    ("Imperva", "_incapsula_resource?swjiylwa _incapsula_resource?cwudnsai _incapsula_resource?swudnsai"),
    ("DuckDuckGo", "anomaly-modal"),
    ("Akamai", "errors.edgesuite.net sec-if-cpt-container bm-verify"),
    ("AWS WAF", "gokuprops awswafcookiedomainlist"),
    ("Sucuri", "sucuri_cloudproxy_js"),
    ("Kasada", "kpsdk kp_uidz"),
    ("Qrator", "/__qrator/"),
    ("GeeTest", "geetest_captcha"),
    ("Radware", "validate.perfdrive.com"),
    ("Yandex", "/showcaptcha checkcaptcha checkboxcaptcha"),
    ("DDoS-Guard", "/.well-known/ddos-guard/"),
    ("SafeLine", "/.safeline/ safeline-challenge"),
    ("Anubis", "anubis_challenge /.within.website/x/cmd/anubis"),
    ("Google", "captcha-form"),
    ("consent", "consent.yahoo.com/v2/collectconsent"),
    ("Bing", "cfconfig"),
)
"""What the vendors write into the source of their walls; lower case, because a plain search is linear and fast."""
_IN_TEXT = _marks(
    (
        "Google",
        r"unusual traffic from your (?:computer )?network|trafic (?:inhabituel|exceptionnel)|ungew[oö]hnlichen datenverkehr",
    ),
    ("Bing", r"one last step.{0,80}(?:solve|challenge|puzzle|continue)"),
    (
        "Cloudflare",
        r"checking (?:your browser before|if the site connection is secure)|attention required! \| cloudflare",
    ),
    ("Cloudflare", r"needs to review the security of your connection"),
    ("HUMAN (PerimeterX)", r"access to this page has been denied|press (?:&|and) hold to confirm"),
    ("Imperva", r"pardon our interruption|request unsuccessful\. incapsula"),
    ("Akamai", r"you don'?t have permission to access .{0,200}on this server.{0,80}reference ?#"),
    ("DuckDuckGo", r"bots use duckduckgo too|error-lite@duckduckgo|select all squares containing a duck"),
    (
        "imunify360",
        r"one moment, please.{0,80}(?:request|being verified)|please wait while your request is being verified",
    ),
    ("DataDome", r"please enable js and disable any ad blocker"),
    ("Reddit", r"prove your humanity|you'?ve been blocked by network security|whoa there, pardner"),
    (
        "consent",
        (
            r"before you continue to (?:google|youtube)|bevor (?:sie|du) zu (?:google|youtube) (?:weitergeh|gelang)|avant d.accéder à (?:google|youtube)"
            r"|antes de (?:ir a|continuar (?:en|na|no)|acceder a) (?:la |o |a )?(?:google|youtube)|prima di continuare su (?:google|youtube)"
        ),
    ),
    (
        "consent",
        r"yahoo (?:is part of|ist teil|fait partie|forma parte|fa parte|maakt deel uit) .{0,30}(?:yahoo|verizon|oath)",
    ),
    ("Yahoo", r"unable to process request at this time|\b999 unable to process"),
    ("Amazon", r"robot check|enter the characters you see below"),
    ("Anubis", r"making sure you(?:'|&#39;|’)?re not a bot"),
    ("unnamed", r"verify(?:ing)? (?:that )?you(?: are|(?:'|&#39;|’)re) (?:a |not a )?(?:human|robot|bot)"),
    (
        "unnamed",
        r"(?:prove|confirm|ensure|check(?:ing)?|make sure|to be sure) (?:that )?you(?: are|(?:'|&#39;|’)re) (?:a |not a )?(?:human|robot|bot)",
    ),
    (
        "unnamed",
        r"verifying your (?:request|browser|connection)|are you (?:a|not a) (?:robot|human)\b|human verification",
    ),
    (
        "unnamed",
        r"(?:actually you|dealing with) .{0,60}not a robot|you have been blocked|you(?:'|&#39;|’)?ve been blocked",
    ),
    (
        "unnamed",
        r"your (?:ip|ip address|request|access)(?: address)? (?:has been|was|is) (?:temporarily )?(?:blocked|denied|banned|limited)",
    ),
    (
        "unnamed",
        r"(?:detected|suspected) (?:unusual|suspicious|automated|abnormal) (?:activity|traffic|quer|request|behaviou?r)",
    ),
    (
        "unnamed",
        r"(?:solve|complete) (?:the|this|a) (?:captcha|challenge|security check|puzzle)|complete the security check",
    ),
    ("F5", r"the requested url was rejected.{0,120}support id"),
    (
        "unnamed",
        r"(?:verifi(?:que|ca|car)|confirm[ae]|compru[eé]b[ae]) que (?:usted )?(?:es|eres|no es|no eres|sos) (?:un )?(?:ser )?(?:humano|robot|bot)",
    ),
    (
        "unnamed",
        r"bestätigen sie,? dass sie (?:ein mensch|kein (?:roboter|bot)) sind|(?:vérifiez|confirmez) que vous (?:êtes (?:un )?humain|n.êtes pas un robot)",
    ),
    (
        "unnamed",
        r"подтвердите, что вы (?:не робот|человек)|请完成(?:安全)?验证|確認您是真人|ロボットではない",
    ),
    ("sign-in wall", r"(?:sign|log) in to continue\b"),
    ("unnamed", r"(?:javascript and cookies|cookies and javascript) to continue"),
    ("unnamed", r"too many requests|rate limit(?:ed| exceeded)|automated (?:queries|requests|access)"),
    ("unnamed", r"not (?:yet )?available in your (?:country|region)|security check(?:point)?\b"),
    (
        "sign-in wall",
        r"you must log in to continue|log in or sign up to view|sign in to (?:view|see|continue to) .{0,60}(?:profile|linkedin|instagram)",
    ),
    (
        "sign-in wall",
        r"join linkedin(?: to)? (?:view|see)|see (?:everyone|who) you know.{0,80}join now to see",
    ),
)
_IN_TITLE = _marks(
    ("Sucuri", r"^sucuri website firewall"),
    (
        "Cloudflare",
        r"^(?:nur einen moment|un momento|un instant|um momento|een ogenblik|bir dakika|один момент)\W*$",
    ),
    ("Cloudflare", r"^just a moment\b|^attention required|^please wait\W{0,3}(?:\||cloudflare|$)"),
    (
        "unnamed",
        r"^access (?:to this page has been )?denied|^(?:403|error 403|forbidden|403 forbidden)\b|^blocked\b|^you have been blocked",
    ),
    (
        "unnamed",
        r"^one moment,? please|^(?:robot check|security check|captcha|human verification|are you (?:a |not a )?(?:robot|human))",
    ),
    (
        "unnamed",
        r"verifying your request|^pardon our interruption|^429\b|^too many requests|pair your account to this browser",
    ),
    (
        "sign-in wall",
        r"^(?:log in|login|sign in|sign up)(?: to| \||$| or| •)|^linkedin(?:: log in or sign up| login)",
    ),
)
_FAULTS = _marks(
    (
        "a proxy's error page",
        r"privoxy|forwarding failure|squid cache|proxy error|err_[a-z]+_[a-z]+|the requested url could not be retrieved",
    ),
    (
        "an error page",
        r"something went wrong|^(?:oops|whoops|error)\b|session (?:has )?(?:expired|timed out)|account (?:has been )?suspended|domain (?:is )?for sale",
    ),
    (
        "a page for other browsers",
        r"(?:unsupported|outdated) browser|(?:please )?(?:update|upgrade) your browser|browser is (?:not supported|out of date)",
    ),
    (
        "a page that is not there (404)",
        r"(?:page|profile|listing|content) (?:isn(?:'|&#39;|’)t|is not|has been|was) (?:available|removed|deleted|deactivated)",
    ),
    (
        "a maintenance page",
        r"(?:will|we'?ll) be (?:right )?back|(?:under|down for|scheduled|undergoing) (?:\w+ )?maintenance|(?:site|server) maintenance|under construction|updating our site",
    ),
    (
        "a server's error page",
        r"\b(?:500|502|503|504|520|521|522|524)\b.{0,40}(?:error|unavailable|gateway|time-?out|service)",
    ),
    (
        "a server's error page",
        r"(?:internal server error|bad gateway|service (?:is )?(?:temporarily )?unavailable|gateway time-?out|temporarily unavailable)",
    ),
    (
        "a page that is not there (404)",
        r"\b404\b|(?:page|file|profile|url|doctor|provider) (?:was |could |cannot |can't )?(?:not|be) (?:be )?found|no longer (?:exists|available)",
    ),
    (
        "a page that is not there (404)",
        r"page (?:you(?:'|&#39;|’)?re looking for|you requested).{0,40}(?:exist|found|moved|removed)",
    ),
)

_HIDDEN = re.compile(r"<(!--|script\b|style\b|template\b|noscript\b|svg\b)", re.IGNORECASE)
_ENDS = {
    name: re.compile(rf"</{name}\s*>" if name != "!--" else r"-->", re.IGNORECASE)
    for name in ("!--", "script", "style", "template", "noscript", "svg")
}
_TAG = re.compile(r"<[^<>]*+>")
_TITLE = re.compile(r"<title\b[^>]{0,200}>([^<]{0,300})", re.IGNORECASE)
_ABOUT_SOMETHING = re.compile(
    r"(?:schema\.org/|type[\"']\s{0,9}:\s{0,9}\[?\s{0,9}[\"'])(?:Physician|IndividualPhysician|Person|Dentist|MedicalBusiness"
    r"|MedicalClinic|LocalBusiness|Product|Article|NewsArticle|BlogPosting)\b"
)


def _is_about_something(text: str) -> bool:
    return "schema.org" in text and _ABOUT_SOMETHING.search(text) is not None


def _is_prose(source: str) -> bool:
    """Whether the page is an article, or one of a site with its menus: those may speak of captchas."""
    return (
        "<article" in source
        or re.search(r"og:type[\"'] content=[\"']article", source) is not None
        or source.count("<a ") > 25
    )


def visible(html: str) -> str:
    """Return what a page shows, roughly and in linear time; for walls, which must be told before parsing."""
    shown, _ = _split(html)
    return shown


def _split(html: str) -> tuple[str, str]:
    """Return what a page shows with scripts, and what it shows without them (its `<noscript>`)."""
    kept: list[str] = []
    without_scripts: list[str] = []
    at = 0
    while (found := _HIDDEN.search(html, at)) is not None:
        kept.append(html[at : found.start()])
        name = found[1].lower()
        closing = _ENDS[name].search(html, found.end())
        at = closing.end() if closing else len(html)
        if name == "noscript":
            without_scripts.append(html[found.start() : at])
    kept.append(html[at:])
    return _plain(" ".join(kept)), _plain(" ".join(without_scripts)[:20_000])


def _plain(html: str) -> str:
    return " ".join(_TAG.sub(" ", html).replace("&nbsp;", " ").replace("&amp;", "&").split())


def title_of(html: str) -> str:
    """Return the `<title>`, "" where there is none."""
    found = _TITLE.search(html[:200_000])
    return " ".join(found[1].replace("&amp;", "&").split()) if found else ""


def wall_of(text: str) -> str | None:
    """Return who blocks and how, such as "Cloudflare: Just a moment...", or None where the page is no wall.

    `text` is the page's source.  A page that describes a person, business or article in schema.org is none.
    """
    shown, without_scripts = _split(text)
    if len(shown) > _LITTLE or _is_about_something(text):
        return None
    title, source, said = title_of(text), text.lower(), shown.lower()
    for vendor, marks in _IN_SOURCE:
        if any(mark in source and mark not in said for mark in marks.split()):
            return _said(vendor, title or shown)
    if len(shown) < _NOTHING and "/authwall" in source:
        return _said("sign-in wall", title or shown)
    if _is_prose(source):
        return None
    for mark in _IN_TITLE:
        if mark.pattern.search(title):
            return _said(mark.vendor, title)
    if len(shown) > _VERY_LITTLE:
        return _phrase(_IN_TEXT, _opening(text))
    return _phrase(_IN_TEXT, f"{shown} {without_scripts if len(shown) < 200 else ''}")


def _phrase(marks: tuple[_Mark, ...], text: str) -> str | None:
    for mark in marks:
        if found := mark.pattern.search(text):
            return _said(mark.vendor, found[0])
    return None


_HEADING = re.compile(r"<h[12]\b[^>]{0,500}>((?:[^<]|<(?!/?h[12])){0,500})", re.IGNORECASE)


def _opening(text: str) -> str:
    """The title and headings: what a wall with much small print is about."""
    return " ".join([title_of(text), *(_TAG.sub(" ", one) for one in _HEADING.findall(text))])


def _said(vendor: str, words: str) -> str:
    words = words[:80].strip()
    if vendor == "unnamed":
        return words
    return f"{vendor}: {words}" if words else vendor


def fault_of(text: str) -> str | None:
    """Return what kind of error page this is (maintenance, proxy, server, not found), or None where it is none."""
    shown = visible(text)
    if len(shown) > _LITTLE or _is_prose(text.lower()) or _is_about_something(text):
        return None
    said = f"{title_of(text)} {shown if len(shown) <= _VERY_LITTLE else _opening(text)} {_alternatives(text, shown)}"
    for mark in _FAULTS:
        if mark.pattern.search(said):
            return mark.vendor
    return None


_ALT = re.compile(r"<img\b[^>]{0,2000}?\balt=[\"']([^\"']{0,200}(?:'[^\"']{0,200})?)[\"']", re.IGNORECASE)


def _alternatives(text: str, shown: str) -> str:
    """Where a page shows nothing, its pictures may speak: a maintenance page can be one picture."""
    return " ".join(_ALT.findall(text)[:20]) if len(shown) < 100 else ""
