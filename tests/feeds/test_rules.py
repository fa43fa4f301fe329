"""Each rule about feeds finds what it is for: a feed without fault, one edit, and the rule that must name it.

How many rules there are: ``python -m pytest tests/feeds/test_rules.py`` has a test for each of them, and as many edits.
"""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
import tests.feeds.rules
import tests.feeds.rules_of_atom
import tests.feeds.rules_of_json
import tests.feeds.rules_of_rss  # noqa: F401
from tests.cases import for_each
from tests.feeds.judging import RULES, findings

AS_OF = datetime(2026, 4, 1, tzinfo=UTC)

RSS = """<?xml version="1.0" encoding="UTF-8"?>
<rss xmlns:atom="http://www.w3.org/2005/Atom" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" version="2.0">
  <channel>
    <title>Le bourg</title>
    <link>https://bourg.example/</link>
    <description>Nouvelles &amp; sorties</description>
    <language>fr</language>
    <atom:link href="https://bourg.example/feeds/all.rss.xml" rel="self" type="application/rss+xml"/>
    <lastBuildDate>Sun, 08 Mar 2026 09:30:00 +0100</lastBuildDate>
    <ttl>60</ttl>
    <image><url>https://bourg.example/logo.png</url><title>Le bourg</title><link>https://bourg.example/</link></image>
    <skipHours><hour>0</hour></skipHours>
    <skipDays><day>Monday</day></skipDays>
    <item>
      <title>Le puits</title>
      <link>https://bourg.example/posts/puits/</link>
      <description>Il est réparé.</description>
      <content:encoded>&lt;p&gt;Voir &lt;a href="https://bourg.example/x/"&gt;ici&lt;/a&gt;.&lt;/p&gt;&lt;ul&gt;&lt;li&gt;un&lt;/li&gt;&lt;/ul&gt;</content:encoded>
      <guid isPermaLink="false">tag:bourg.example,2026:post:puits</guid>
      <category domain="https://bourg.example/tags/">eau</category>
      <enclosure url="https://bourg.example/puits.png" length="1231" type="image/png"/>
      <pubDate>Sun, 08 Mar 2026 09:30:00 +0100</pubDate>
      <dc:creator>Ada</dc:creator>
    </item>
    <item>
      <title>Le lavoir</title>
      <link>https://bourg.example/posts/lavoir/</link>
      <description>Il est vide.</description>
      <guid isPermaLink="false">tag:bourg.example,2026:post:lavoir</guid>
      <pubDate>Thu, 05 Mar 2026 00:00:00 +0100</pubDate>
    </item>
  </channel>
</rss>
"""

ATOM = """<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="fr">
  <id>tag:bourg.example,2026:feed:all</id>
  <title>Le bourg</title>
  <updated>2026-03-08T09:30:00+01:00</updated>
  <author><name>Le bourg</name><uri>https://bourg.example/</uri></author>
  <link href="https://bourg.example/feeds/all.atom.xml" rel="self" type="application/atom+xml"/>
  <link href="https://bourg.example/" rel="alternate" type="text/html"/>
  <entry>
    <id>tag:bourg.example,2026:post:puits</id>
    <title>Le puits</title>
    <updated>2026-03-08T09:30:00.25+01:00</updated>
    <published>2026-03-08T09:30:00+01:00</published>
    <content type="html">&lt;p&gt;Voir &lt;a href="https://bourg.example/x/"&gt;ici&lt;/a&gt;.&lt;/p&gt;&lt;ul&gt;&lt;li&gt;un&lt;/li&gt;&lt;/ul&gt;</content>
    <link href="https://bourg.example/posts/puits/" rel="alternate" type="text/html"/>
    <link href="https://bourg.example/puits.png" rel="enclosure" type="image/png" length="1231"/>
    <summary>Il est réparé.</summary>
    <category term="eau" scheme="https://bourg.example/tags/"/>
  </entry>
  <entry>
    <id>tag:bourg.example,2026:post:lavoir</id>
    <title>Le lavoir</title>
    <updated>2026-03-05T00:00:00.5+01:00</updated>
    <published>2026-03-05T00:00:00+01:00</published>
    <link href="https://bourg.example/posts/lavoir/" rel="alternate" type="text/html"/>
    <summary>Il est vide.</summary>
  </entry>
</feed>
"""

OPML = """<?xml version="1.0" encoding="utf-8"?>
<opml version="2.0">
  <head><title>Le bourg</title></head>
  <body>
    <outline type="rss" text="Tout" title="Tout" xmlUrl="https://bourg.example/feeds/all.atom.xml" htmlUrl="https://bourg.example/" language="fr"/>
    <outline text="Sujets">
      <outline type="rss" text="Eau" title="Eau" xmlUrl="https://bourg.example/feeds/tags/eau.atom.xml" htmlUrl="https://bourg.example/"/>
    </outline>
  </body>
</opml>
"""

JSON = """{
 "version": "https://jsonfeed.org/version/1.1",
 "title": "Le bourg",
 "home_page_url": "https://bourg.example/",
 "feed_url": "https://bourg.example/feeds/all.json",
 "authors": [{"name": "Le bourg", "url": "https://bourg.example/"}],
 "language": "fr",
 "hubs": [{"type": "WebSub", "url": "https://relais.example/"}],
 "items": [
  {"id": "tag:bourg.example,2026:post:puits", "url": "https://bourg.example/posts/puits/", "title": "Le puits", "language": "fr",
   "content_html": "<p>Voir <a href='https://bourg.example/x/'>ici</a>.</p><ul><li>un</li></ul>",
   "date_published": "2026-03-08T09:30:00+01:00", "date_modified": "2026-03-09T09:30:00+01:00", "tags": ["eau"],
   "attachments": [{"url": "https://bourg.example/plan.pdf", "mime_type": "application/pdf", "size_in_bytes": 12}],
   "_bourg": {"kind": "post"}},
  {"id": "tag:bourg.example,2026:post:lavoir", "url": "https://bourg.example/posts/lavoir/", "title": "Le lavoir", "language": "fr",
   "content_html": "", "date_published": "2026-03-05T00:00:00+01:00"}
 ]
}
"""

SAMPLES = {
    "rss": ("https://bourg.example/feeds/all.rss.xml", RSS),
    "atom": ("https://bourg.example/feeds/all.atom.xml", ATOM),
    "opml": ("https://bourg.example/feeds/hub.opml", OPML),
    "json": ("https://bourg.example/feeds/all.json", JSON),
}

DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>'


def html(text: str, form: str) -> str:
    """Return HTML as it stands within a feed of that form."""
    return text if form == "json" else text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def everywhere(name: str, old: str, new: str, forms: str = "rss atom json") -> list[tuple[str, str, str, str]]:
    """Return an edit of the HTML in each form."""
    return [(form, name, html(old, form), html(new, form)) for form in forms.split()]


#: Form, rule, what is replaced (the first time it stands), and by what.
EDITS: list[tuple[str, str, str, str]] = [
    ("bytes", "UnicodeError", "réparé", "\udce9"),
    ("bytes", "BadCharacters", "réparé", "r\x85\x91par"),
    ("bytes", "BadCharacters", "réparé", "&#x92;"),
    ("bytes", "BadCharacters", "réparé", "\ufdd0"),
    ("bytes", "ByteOrderMark", "<?xml", "\ufeff<?xml"),
    ("bytes", "WPBlankLine", "<?xml", "\n<?xml"),
    *((form, "SAXError", "</title>", "</titel>") for form in ("rss", "atom", "opml")),
    ("rss", "SAXError", "<title>Le puits", "<title>Le & puits"),
    ("rss", "SAXError", "réparé", "\x0c"),
    ("rss", "SAXError", ' xmlns:dc="http://purl.org/dc/elements/1.1/"', ""),
    *((form, "BadXmlVersion", 'version="1.0"', 'version="1.1"') for form in ("rss", "atom", "opml")),
    *((form, "MissingEncoding", DECLARATION if form != "opml" else '<?xml version="1.0" encoding="utf-8"?>', '<?xml version="1.0"?>') for form in ("rss", "atom", "opml")),
    ("rss", "NotUTF8", "UTF-8", "iso-8859-1"),
    ("atom", "NotUTF8", "UTF-8", "iso-8859-1"),
    ("opml", "NotUTF8", "utf-8", "us-ascii"),
    ("rss", "DeprecatedDTD", "<rss ", "<!DOCTYPE rss><rss "),
    ("atom", "DeprecatedDTD", "<feed ", "<!DOCTYPE feed><feed "),
    ("opml", "DeprecatedDTD", "<opml ", "<!DOCTYPE opml><opml "),
    ("rss", "ContainsSystemEntity", "<rss ", '<!DOCTYPE rss [<!ENTITY x "y">]><rss '),
    ("atom", "ContainsSystemEntity", "<feed ", '<!DOCTYPE feed [<!ENTITY x "y">]><feed '),
    ("opml", "ContainsSystemEntity", "<opml ", '<!DOCTYPE opml [<!ENTITY x "y">]><opml '),
    ("rss", "UnknownNamespace", "<rss ", '<rss xmlns:media="http://search.yahoo.com/mrss/" '),
    ("atom", "UnknownNamespace", "<feed ", '<feed xmlns:x="https://x.example/" '),
    ("opml", "UnknownNamespace", "<opml ", '<opml xmlns:x="https://x.example/" '),
    ("atom", "AvoidNamespacePrefix", "<summary>Il est vide.</summary>", '<a:summary xmlns:a="http://www.w3.org/2005/Atom">Il est vide.</a:summary>'),
    ("rss", "ReservedPrefix", "xmlns:atom", 'xmlns:a="http://www.w3.org/2005/Atom" xmlns:atom'),
    ("atom", "ReservedPrefix", "<feed ", '<feed xmlns:dc="http://www.w3.org/2005/Atom" '),
    ("rss", "UnexpectedText", "<item>", "<item>oups"),
    ("atom", "UnexpectedText", "<entry>", "<entry>oups"),
    ("opml", "UnexpectedText", "<body>", "<body>oups"),
    ("rss", "AtomLinkNotEmpty", 'type="application/rss+xml"/>', 'type="application/rss+xml">x</atom:link>'),
    ("atom", "AtomLinkNotEmpty", 'type="application/atom+xml"/>', 'type="application/atom+xml">x</link>'),
    ("rss", "NotBlank", "<title>Le puits</title>", "<title/>"),
    ("atom", "NotBlank", "<summary>Il est réparé.</summary>", "<summary> </summary>"),
    ("opml", "NotBlank", "<title>Le bourg</title>", "<title></title>"),
    ("rss", "AttrNotBlank", 'domain="https://bourg.example/tags/"', 'domain=""'),
    ("atom", "AttrNotBlank", 'term="eau"', 'term=""'),
    ("opml", "AttrNotBlank", 'title="Tout"', 'title=""'),
    ("rss", "UnexpectedWhitespace", "tag:bourg.example,2026:post:puits<", " tag:bourg.example,2026:post:puits<"),
    ("atom", "UnexpectedWhitespace", "2026:post:puits<", "2026:post:puits\n<"),
    ("rss", "InvalidFullLink", "<link>https://bourg.example/posts/puits/", "<link>/posts/puits/"),
    ("atom", "InvalidFullLink", 'href="https://bourg.example/posts/puits/"', 'href="posts/puits/"'),
    ("opml", "InvalidFullLink", 'htmlUrl="https://bourg.example/"', 'htmlUrl="/"'),
    ("rss", "InvalidIRI", "posts/puits/<", "posts/été/<"),
    ("atom", "InvalidIRI", "posts/puits/", "posts/le puits/"),
    ("opml", "InvalidIRI", "tags/eau", "tags/eau%2"),
    ("rss", "NonCanonicalURI", "<link>https://bourg.example/posts/puits/", "<link>https://bourg.example/posts/../puits/"),
    ("rss", "NonCanonicalURI", "https://bourg.example/puits.png", "HTTPS://bourg.example/puits.png"),
    ("atom", "NonCanonicalURI", "https://bourg.example/posts/puits/", "https://Bourg.example:443/posts/puits/"),
    ("atom", "NonCanonicalURI", "https://bourg.example/posts/puits/", "https://bourg.example/posts/%70uits/"),
    ("rss", "SchemeNotIANARegistered", "https://bourg.example/x/", "nimporte:x"),
    ("atom", "SchemeNotIANARegistered", "https://bourg.example/x/", "nimporte:x"),
    ("rss", "InvalidTAG", "tag:bourg.example,2026:post:puits", "tag:bourg.example,2026:post:fête"),
    ("atom", "InvalidTAG", "tag:bourg.example,2026:post:puits", "tag:bourg.example:post:puits"),
    ("json", "InvalidTAG", "tag:bourg.example,2026:post:puits", "tag:bourg.example,26:post:puits"),
    ("rss", "MissingAtomSelfLink", 'rel="self"', 'rel="via"'),
    ("atom", "MissingSelf", 'rel="self"', 'rel="via"'),
    ("rss", "SelfDoesntMatchLocation", "feeds/all.rss.xml", "feeds/posts.rss.xml"),
    ("atom", "SelfDoesntMatchLocation", "feeds/all.atom.xml", "feeds/posts.atom.xml"),
    ("rss", "RelativeSelf", 'href="https://bourg.example/feeds/all.rss.xml"', 'href="all.rss.xml"'),
    ("atom", "RelativeSelf", 'href="https://bourg.example/feeds/all.atom.xml"', 'href="/feeds/all.atom.xml"'),
    ("rss", "SelfNotAtom", "application/rss+xml", "text/xml"),
    ("atom", "SelfNotAtom", "application/atom+xml", "application/xml"),
    ("rss", "UnregisteredAtomLinkRel", 'rel="self"', 'rel="soi"'),
    ("atom", "UnregisteredAtomLinkRel", 'rel="enclosure"', 'rel="image"'),
    ("rss", "InvalidMIMEType", "image/png", "png"),
    ("atom", "InvalidMIMEType", "image/png", "image/png/"),
    ("json", "InvalidMIMEType", "application/pdf", "pdf"),
    ("rss", "InvalidIntegerAttribute", 'length="1231"', 'length="1,2 kB"'),
    ("atom", "InvalidIntegerAttribute", 'length="1231"', 'length="-1"'),
    ("rss", "InvalidLanguage", "<language>fr<", "<language>français<"),
    ("atom", "InvalidLanguage", 'xml:lang="fr"', 'xml:lang="fr_FR"'),
    ("opml", "InvalidLanguage", 'language="fr"', 'language="f"'),
    ("json", "InvalidLanguage", '"language": "fr"', '"language": "fr_FR"'),
    ("rss", "ContainsHTML", "<title>Le puits", "<title>Le &lt;b&gt;puits&lt;/b&gt;"),
    ("rss", "ContainsHTML", "<title>Le puits", "<title>Le &amp;eacute; puits"),
    ("rss", "ContainsHTML", "<title>Le puits", "<title>Le &amp;#233; puits"),
    ("rss", "ContainsHTML", "<description>Nouvelles", "<description>&lt;b&gt;Nouvelles&lt;/b&gt;"),
    ("atom", "ContainsHTML", "<title>Le puits", "<title>Le &lt;b&gt;puits&lt;/b&gt;"),
    ("atom", "ContainsHTML", "<summary>Il", "<summary>Il &amp;amp;"),
    ("rss", "ContainsEmail", "<dc:creator>Ada", "<dc:creator>ada@bourg.example (Ada)"),
    ("atom", "ContainsEmail", "</uri>", "</uri><email>ada@bourg.example</email>"),
    ("json", "ContainsEmail", '"name": "Le bourg"', '"name": "ada@bourg.example"'),
    *everywhere("OwnNesting", "<ul>", "<ul><p>non</p>"),
    *everywhere("NotHtml", "Voir ", "Voir <machin>x</machin> "),
    *everywhere("NotHtml", "Voir ", "Voir <b><i>x</b></i> "),
    *everywhere("NotHtml", "Voir ", "Voir 1 < 2 "),
    *everywhere("NotHtml", "Voir ", "Voir R&D "),
    *everywhere("NotHtml", "Voir ", "Voir &eacute; "),
    *everywhere("NotHtml", "<ul>", "<!-- x --><ul>"),
    *everywhere("NotHtml", "</ul>", "<li><b>deux</li></ul>"),
    *everywhere("OwnNesting", "</ul>", "</ul><table><tr>x</tr></table>"),
    *everywhere("OwnNesting", "</ul>", "</ul><td>x</td>"),
    *everywhere("OwnNesting", "</ul>", "</ul><p>a<p>b</p></p>"),
    *everywhere("NotHtml", "</ul>", "</ul><img src='https://bourg.example/a.png'>"),
    *everywhere("NotHtml", "</ul>", "</ul><p"),
    *everywhere("OwnNesting", "ici</a>", "<a href='https://bourg.example/y/'>ici</a></a>"),
    *everywhere("NotHtml", "<ul>", "<ul class='a' class='b'>"),
    *everywhere("NotHtml", "<ul>", "<ul id='a'></ul><ul id='a'>"),
    ("json", "BadCharacters", "Voir ", "Voir \\u0007"),
    *everywhere("SecurityRisk", "<ul>", "<script>1</script><ul>"),
    *everywhere("SecurityRisk", "<ul>", "<iframe src='https://bourg.example/'></iframe><ul>"),
    *everywhere("SecurityRiskAttr", "<ul>", "<ul onclick='x()'>"),
    *everywhere("SecurityRiskAttr", "<ul>", "<ul data-x='1'>"),
    *everywhere("DangerousStyleAttr", "<ul>", "<ul style='color:red'>"),
    *everywhere("ContainsRelRef", "</ul>", "</ul><p><a href='/x/'>x</a></p>"),
    *everywhere("ContainsRelRef", "</ul>", "</ul><p><a href='x.html'>x</a></p>"),
    *everywhere("ContainsRelRef", "</ul>", "</ul><p><img src='//bourg.example/a.png' alt=''></p>"),
    *everywhere("ContainsRelRef", "</ul>", "</ul><p><img srcset='https://bourg.example/a.png 1x, b.png 2x' alt=''></p>"),
    *everywhere("SameDocumentReference", "</ul>", "</ul><p><a href='#fn'>x</a></p>"),
    *everywhere("OwnScriptAddress", "</ul>", "</ul><p><a href='javascript:x()'>x</a></p>"),
    *everywhere("OwnScriptAddress", "</ul>", "</ul><p><a href='data:text/html,x'>x</a></p>"),
    *everywhere("OwnAddressInText", "</ul>", "</ul><p><a href='https://bourg.example/le puits/'>x</a></p>"),
    *everywhere("OwnHiddenControl", "Voir ", "Voir &#2; "),
    ("rss", "ObsoleteVersion", 'version="2.0"', 'version="0.92"'),
    ("rss", "MissingTitle", "<title>Le bourg</title>", ""),
    ("rss", "MissingLink", "<link>https://bourg.example/</link>", ""),
    ("rss", "MissingDescription", "<description>Nouvelles &amp; sorties</description>", ""),
    ("rss", "OwnMissingLanguage", "<language>fr</language>", ""),
    ("rss", "MissingChannel", "</channel>", "</channel><channel/>"),
    ("rss", "UndefinedElement", "<ttl>60</ttl>", "<ttl>60</ttl><duree>60</duree>"),
    ("rss", "UndefinedElement", "<item>", "<item><updated>x</updated>"),
    ("rss", "UnexpectedAttribute", "<item>", '<item id="x">'),
    ("rss", "MissingAttribute", ' length="1231"', ""),
    ("rss", "MissingAttribute", "<ttl>", '<cloud domain="x" port="80"/><ttl>'),
    ("rss", "DuplicateElement", "<title>Le puits</title>", "<title>Le puits</title><title>Encore</title>"),
    ("rss", "DuplicateElement", "<ttl>60</ttl>", "<ttl>60</ttl><ttl>61</ttl>"),
    ("rss", "DuplicateSemantics", "<ttl>", "<dc:language>fr</dc:language><ttl>"),
    ("rss", "DuplicateItemSemantics", "<dc:creator>", "<dc:date>2026-03-08</dc:date><dc:creator>"),
    ("rss", "MissingTitleOrDescription", "<title>Le lavoir</title>\n      <link>https://bourg.example/posts/lavoir/</link>\n      <description>Il est vide.</description>", ""),
    ("rss", "OwnMissingItemTitle", "<title>Le puits</title>", ""),
    ("rss", "OwnMissingItemLink", "<link>https://bourg.example/posts/puits/</link>", ""),
    ("rss", "OwnMissingItemDate", "<pubDate>Sun, 08 Mar 2026 09:30:00 +0100</pubDate>", ""),
    ("rss", "MissingGuid", '<guid isPermaLink="false">tag:bourg.example,2026:post:puits</guid>', ""),
    ("rss", "DuplicateValue", "post:lavoir", "post:puits"),
    ("rss", "InvalidBooleanAttribute", 'isPermaLink="false"', 'isPermaLink="non"'),
    ("rss", "InvalidHttpGUID", ' isPermaLink="false"', ""),
    ("rss", "NotSufficientlyUnique", "tag:bourg.example,2026:post:puits", "puits"),
    ("rss", "InvalidRFC2822Date", "<pubDate>Sun, 08 Mar 2026 09:30:00 +0100", "<pubDate>2026-03-08T09:30:00+01:00"),
    ("rss", "InvalidRFC2822Date", "<pubDate>Sun, 08 Mar 2026", "<pubDate>dim., 08 mars 2026"),
    ("rss", "InvalidRFC2822Date", "<pubDate>Sun, 08 Mar 2026", "<pubDate>Sun, 31 Feb 2026"),
    ("rss", "IncorrectDOW", "<pubDate>Sun, 08", "<pubDate>Mon, 08"),
    ("rss", "ProblematicalRFC822Date", "<pubDate>Sun, 08 Mar 2026 09:30:00 +0100", "<pubDate>Sun, 08 Mar 2026 09:30:00 EST"),
    ("rss", "ProblematicalRFC822Date", "<pubDate>Sun, 08 Mar 2026", "<pubDate>Sun, 8 Mar 2026"),
    ("rss", "ImplausibleDate", "<pubDate>Sun, 08 Mar 2026", "<pubDate>Fri, 08 Mar 2126"),
    ("rss", "ImplausibleDate", "<pubDate>Thu, 05 Mar 2026", "<pubDate>Thu, 01 Jan 1970"),
    ("rss", "OwnStaleBuildDate", "<lastBuildDate>Sun, 08", "<lastBuildDate>Sat, 07"),
    ("rss", "NeedDescriptionBeforeContent", "<description>Il est réparé.</description>", "<content:encoded>x</content:encoded><description>Il est réparé.</description>"),
    ("rss", "MisplacedItem", "</channel>", "<copyright>x</copyright></channel>"),
    ("rss", "DuplicateEnclosure", "<enclosure", '<enclosure url="https://bourg.example/b.png" length="1" type="image/png"/><enclosure'),
    ("rss", "UseOfExtensionAttr", "<item>", '<item dc:x="y">'),
    ("rss", "InvalidContact", "<ttl>", "<managingEditor>Ada</managingEditor><ttl>"),
    ("rss", "MissingRealName", "<ttl>", "<webMaster>ada@bourg.example</webMaster><ttl>"),
    ("rss", "InvalidPositiveInteger", "<ttl>60", "<ttl>0"),
    ("rss", "AvoidTextInput", "<ttl>", "<textInput><name>q</name></textInput><ttl>"),
    ("rss", "InvalidHour", "<hour>0", "<hour>25"),
    ("rss", "UseZeroForMidnight", "<hour>0", "<hour>24"),
    ("rss", "InvalidDay", "<day>Monday", "<day>lundi"),
    ("rss", "MissingImageElement", "<url>https://bourg.example/logo.png</url>", ""),
    ("rss", "ImageUrlFormat", "logo.png", "logo.svg"),
    ("rss", "ImageTitleDoesntMatch", "</url><title>Le bourg", "</url><title>Un autre"),
    ("rss", "ImageLinkDoesntMatch", "</title><link>https://bourg.example/", "</title><link>https://bourg.example/x/"),
    ("rss", "InvalidWidth", "</url>", "</url><width>600</width>"),
    ("rss", "InvalidHeight", "</url>", "</url><height>haut</height>"),
    ("atom", "UndefinedElement", "<entry>", "<entry><pubDate>x</pubDate>"),
    ("atom", "UnexpectedAttribute", "<entry>", '<entry id="x">'),
    ("atom", "MissingAttribute", 'term="eau" ', ""),
    ("atom", "MissingRecommendedAttribute", ' length="1231"', ""),
    ("atom", "MissingTypeAttr", '/posts/puits/" rel="alternate" type="text/html"', '/posts/puits/" rel="alternate"'),
    ("atom", "DuplicateElement", "<title>Le puits</title>", "<title>Le puits</title><title>Encore</title>"),
    ("atom", "MissingId", "<id>tag:bourg.example,2026:post:puits</id>", ""),
    ("atom", "MissingTitle", "<title>Le puits</title>", ""),
    ("atom", "MissingUpdated", "<updated>2026-03-08T09:30:00.25+01:00</updated>", ""),
    ("atom", "MissingAuthor", "<author><name>Le bourg</name><uri>https://bourg.example/</uri></author>", ""),
    ("atom", "MissingName", "<name>Le bourg</name>", ""),
    ("atom", "MissingContentOrAlternate", '<link href="https://bourg.example/posts/lavoir/" rel="alternate" type="text/html"/>', ""),
    ("atom", "OwnMissingAlternate", '<link href="https://bourg.example/" rel="alternate" type="text/html"/>', ""),
    ("atom", "MissingTextualContent", "<summary>Il est vide.</summary>", '<content type="text" src="https://bourg.example/x/">x</content>'),
    ("atom", "DuplicateAtomLink", '<link href="https://bourg.example/posts/lavoir/"', '<link href="https://bourg.example/" type="text/html"/><link href="https://bourg.example/posts/lavoir/"'),
    ("atom", "InvalidRFC3339Date", "2026-03-08T09:30:00.25+01:00", "2026-03-08 09:30:00"),
    ("atom", "InvalidRFC3339Date", "<updated>2026-03-08T09:30:00+01:00", "<updated>2026-13-08T09:30:00+01:00"),
    ("atom", "InvalidRFC3339Date", "2026-03-08T09:30:00.25+01:00", "2026-03-08"),
    ("atom", "ImplausibleDate", "<updated>2026-03-08T09:30:00.25", "<updated>2126-03-08T09:30:00.25"),
    ("atom", "OwnUpdatedBeforePublished", "<published>2026-03-05", "<published>2026-03-06"),
    ("atom", "OwnStaleFeed", "<updated>2026-03-08T09:30:00+", "<updated>2026-03-07T09:30:00+"),
    ("atom", "DuplicateIds", "post:lavoir<", "post:puits<"),
    ("atom", "DuplicateUpdated", "2026-03-05T00:00:00.5+01:00", "2026-03-08T08:30:00.25Z"),
    ("atom", "NotSufficientlyUnique", "<id>tag:bourg.example,2026:post:puits", "<id>puits"),
    ("atom", "InvalidTextType", 'type="html"', 'type="text/html"'),
    ("atom", "OwnMissingLanguage", ' xml:lang="fr"', ""),
    ("opml", "UndefinedRoot", "<head><title>Le bourg</title></head>", ""),
    ("opml", "InvalidOPMLVersion", 'version="2.0"', 'version="3.0"'),
    ("opml", "MissingTitleAttr", ' title="Tout"', ""),
    ("opml", "MissingAttribute", ' text="Tout"', ""),
    ("opml", "MissingXmlURL", ' xmlUrl="https://bourg.example/feeds/all.atom.xml"', ""),
    ("opml", "MissingUrlAttr", ' htmlUrl="https://bourg.example/"', ""),
    ("opml", "InvalidOutlineType", 'type="rss"', 'type="atom"'),
    ("opml", "MissingOutlineType", ' type="rss"', ""),
    ("opml", "OwnDuplicateFeed", "feeds/tags/eau.atom.xml", "feeds/all.atom.xml"),
    ("opml", "MissingTitle", "<title>Le bourg</title>", "<title/>"),
    ("opml", "OwnEmptyFolder", "</body>", '<outline text="Vide"/></body>'),
    ("json", "JsonSyntax", '"title": "Le bourg",', '"title": "Le bourg"'),
    ("json", "JsonSyntax", '"size_in_bytes": 12', '"size_in_bytes": NaN'),
    ("json", "JsonVersion", "version/1.1", "version/1"),
    ("json", "JsonMissing", '"title": "Le bourg",', ""),
    ("json", "JsonMissing", '"id": "tag:bourg.example,2026:post:puits", ', ""),
    ("json", "JsonMissing", ', "mime_type": "application/pdf"', ""),
    ("json", "JsonMissing", '"type": "WebSub", ', ""),
    ("json", "JsonRecommended", '"feed_url": "https://bourg.example/feeds/all.json",', ""),
    ("json", "JsonRecommended", ', "date_published": "2026-03-05T00:00:00+01:00"', ""),
    ("json", "JsonType", '"title": "Le puits"', '"title": 7'),
    ("json", "JsonType", '"size_in_bytes": 12', '"size_in_bytes": "12"'),
    ("json", "JsonType", '"tags": ["eau"]', '"tags": "eau"'),
    ("json", "JsonListOfOthers", '"tags": ["eau"]', '"tags": [["eau"]]'),
    ("json", "JsonUnknownField", '"tags": ["eau"]', '"categories": ["eau"]'),
    ("json", "JsonExtension", '"_bourg": {"kind": "post"}', '"_bourg": "post"'),
    ("json", "JsonExtension", '"_bourg"', '"_bourg.example"'),
    ("json", "JsonDeprecated", '"tags": ["eau"]', '"author": {"name": "Ada"}'),
    ("json", "JsonDuplicateKey", '"title": "Le puits"', '"title": "Le puits", "title": "Le lavoir"'),
    ("json", "JsonDuplicateId", "post:lavoir", "post:puits"),
    ("json", "JsonId", "tag:bourg.example,2026:post:puits", "puits"),
    ("json", "JsonAddress", '"url": "https://bourg.example/posts/puits/"', '"url": "/posts/puits/"'),
    ("json", "InvalidIRI", "posts/puits/", "posts/été/"),
    ("json", "JsonSelf", "feeds/all.json", "feeds/posts.json"),
    ("json", "JsonDate", "2026-03-08T09:30:00+01:00", "2026-03-08"),
    ("json", "ImplausibleDate", "2026-03-05T00:00:00+01:00", "2026-04-05T00:00:00+01:00"),
    ("json", "OwnUpdatedBeforePublished", "2026-03-09T09:30:00+01:00", "2026-03-07T09:30:00+01:00"),
    ("json", "JsonContent", '"content_html": "", ', ""),
    ("json", "JsonAuthor", '{"name": "Le bourg", "url": "https://bourg.example/"}', "{}"),
    ("json", "JsonEmpty", '"tags": ["eau"]', '"tags": []'),
]  # fmt: skip

#: Rules that the parser itself asks.
OF_PARSERS = {("rss", "SAXError"), ("atom", "SAXError"), ("opml", "SAXError"), ("json", "JsonSyntax")}


def judged(form: str, text: str) -> set[str]:
    """Return the names of the rules that a feed breaks."""
    address = SAMPLES["rss" if form == "bytes" else form][0]
    return {one.rule for one in findings(text.encode("utf-8", "surrogateescape"), address, AS_OF)}


@pytest.mark.parametrize("form", sorted(SAMPLES))
def test_a_feed_without_fault_breaks_no_rule(form):
    """A rule that finds fault with everything says nothing."""
    address, text = SAMPLES[form]

    assert [] == findings(text.encode(), address, AS_OF)


@for_each(("form", "name", "old", "new"), EDITS, ids=[f"{n}-{form}-{name}" for n, (form, name, _, _) in enumerate(EDITS)])
def test_each_rule_names_the_edit_that_breaks_it(form, name, old, new):
    """A rule that nothing can break protects nobody."""
    text = SAMPLES["rss" if form == "bytes" else form][1]

    assert old in text
    assert name in judged(form, text.replace(old, new, 1))


def test_a_root_of_another_form_is_named():
    """Such an edit has two ends."""
    assert "UndefinedRoot" in judged("rss", RSS.replace("<rss ", "<rdf ").replace("</rss>", "</rdf>"))
    assert "UndefinedRoot" in judged("atom", ATOM.replace("<feed ", "<flux ").replace("</feed>", "</flux>"))


def test_no_rule_is_without_an_edit_that_breaks_it():
    """Whoever adds a rule shows what it finds."""
    broken = {("bytes" if ("bytes", name) in RULES else form, name) for form, name, _, _ in EDITS} | {
        ("rss", "UndefinedRoot"),
        ("atom", "UndefinedRoot"),
    }

    assert set(RULES) | OF_PARSERS == broken
    assert len({name for _, name in broken}) >= 100
