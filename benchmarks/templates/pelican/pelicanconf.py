"""Plain Pelican: what its manual shows, with the lists and feeds of the others.  It has no JSON feeds."""

SITENAME = "Atelier 0"
SITEURL = "https://bench.example"
TIMEZONE = "Europe/Paris"
DEFAULT_LANG = "fr"
PATH = "content"
ARTICLE_PATHS = ["posts", "events"]
PAGE_PATHS = []
STATIC_PATHS = []
THEME = "theme"
THEME_STATIC_DIR = "theme"
# What is scheduled is not laid out, so the clock has nothing to decide.
WITH_FUTURE_DATES = True
# Without the colours of code, which Handbill does not make either.
MARKDOWN = {"extension_configs": {"markdown.extensions.extra": {}, "markdown.extensions.meta": {}}, "output_format": "html5"}

ARTICLE_URL = "posts/{slug}/"
ARTICLE_SAVE_AS = "posts/{slug}/index.html"
SLUGIFY_SOURCE = "basename"
INDEX_SAVE_AS = "posts/index.html"
TAG_URL = "tags/{slug}/"
TAG_SAVE_AS = "tags/{slug}/index.html"
CATEGORY_URL = "categories/{slug}/"
CATEGORY_SAVE_AS = "categories/{slug}/index.html"
AUTHOR_URL = "authors/{slug}/"
AUTHOR_SAVE_AS = "authors/{slug}/index.html"
YEAR_ARCHIVE_URL = "years/{date:%Y}/"
YEAR_ARCHIVE_SAVE_AS = "years/{date:%Y}/index.html"
TAGS_SAVE_AS = "tags/index.html"
CATEGORIES_SAVE_AS = "categories/index.html"
AUTHORS_SAVE_AS = "authors/index.html"
ARCHIVES_SAVE_AS = "years/index.html"
DIRECT_TEMPLATES = ["index", "front", "tags", "categories", "authors", "archives"]
FRONT_SAVE_AS = "index.html"

DEFAULT_PAGINATION = 12
PAGINATED_TEMPLATES = {"index": 12, "tag": 12, "category": 12}
PAGINATION_PATTERNS = ((1, "{url}", "{save_as}"), (2, "{base_name}/page/{number}/", "{base_name}/page/{number}/index.html"))

FEED_DOMAIN = SITEURL
FEED_MAX_ITEMS = 30
RSS_FEED_SUMMARY_ONLY = False
FEED_ALL_ATOM = "feed.atom"
FEED_ALL_RSS = "index.xml"
FEED_ATOM = "posts/feed.atom"
FEED_RSS = "posts/index.xml"
TAG_FEED_ATOM = "tags/{slug}/feed.atom"
TAG_FEED_RSS = "tags/{slug}/index.xml"
CATEGORY_FEED_ATOM = "categories/{slug}/feed.atom"
CATEGORY_FEED_RSS = "categories/{slug}/index.xml"
AUTHOR_FEED_ATOM = None
AUTHOR_FEED_RSS = None
TRANSLATION_FEED_ATOM = None
