"""What walls and error pages say: the vendors' marks in the source, and phrases in text, titles and headings."""

from __future__ import annotations

import re
from typing import NamedTuple


class Mark(NamedTuple):
    """A phrase, and whose it is."""

    vendor: str
    pattern: re.Pattern[str]


def _marks(*pairs: tuple[str, str]) -> tuple[Mark, ...]:
    return tuple(Mark(vendor, re.compile(pattern, re.IGNORECASE)) for vendor, pattern in pairs)


IN_SOURCE = (
    (
        "Cloudflare",
        "_cf_chl_opt cf-browser-verification cf_chl_prog cf_chl_rc cf_chl_managed cf-error-details",
    ),
    ("Cloudflare", "jschl_vc jschl-answer jschl_answer cf_captcha_kind /orchestrate/chl_ /orchestrate/jsch"),
    ("DataDome", "geo.captcha-delivery.com ct.captcha-delivery.com c.captcha-delivery.com"),
    ("HUMAN (PerimeterX)", "px-captcha captcha.px-cdn.net"),
    ("Imperva", "_incapsula_resource?cwudnsai _incapsula_resource?swudnsai"),
    ("DuckDuckGo", "anomaly-modal"),
    ("Akamai", "errors.edgesuite.net sec-if-cpt-container bm-verify"),
    ("AWS WAF", "gokuprops awswafcookiedomainlist"),
    ("Sucuri", "sucuri_cloudproxy_js"),
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
ALONE = (
    ("Imperva", "_incapsula_resource?swjiylwa"),
    ("Kasada", "kpsdk kp_uidz"),
    ("AWS WAF", ".awswaf.com/"),
    ("sign-in wall", "/authwall"),
)
"""Sensors that stand on every page behind a wall: a wall only where the page shows nothing."""
CONTACT = re.compile(r"(?<![\d.])\(?[2-9]\d{2}\)?[-. ]\s?\d{3}[-. ]\d{4}(?![\d.])|,\s?[A-Z]{2}\s\d{5}\b")
"""A telephone number or an address: what no wall shows, and any page of a practice does."""
CONSENT = re.compile(
    r"^\s*(?:we (?:value|care about|respect) your privacy|wir (?:schätzen|respektieren|achten) ihre privatsphäre|nous respectons votre vie privée"
    r"|valoramos (?:tu|su) privacidad|(?:rispettiamo|teniamo) (?:la tua|alla tua) privacy)",
    re.IGNORECASE,
)
"""What a page of nothing but consent is headed with."""
IN_TEXT = _marks(
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
    (
        "unnamed",
        r"while we (?:verify|check|validate) your (?:browser|request|connection)|request blocked\. we can.t connect to the server",
    ),
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
IN_TITLE = _marks(
    ("Sucuri", r"^sucuri website firewall"),
    (
        "Cloudflare",
        r"^(?:nur einen moment|un momento|un instant|um momento|een ogenblik|bir dakika|один момент)\W*$",
    ),
    ("Cloudflare", r"^just a moment\b|^attention required|^please wait\W{0,3}(?:\||cloudflare|$)"),
    (
        "unnamed",
        r"^access (?:to this page has been )?denied|^(?:403|error 403|forbidden|403 forbidden)\b|^blocked\b|^you have been blocked|^not acceptable\b",
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
FAULTS = _marks(
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
