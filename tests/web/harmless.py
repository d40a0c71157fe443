"""Whether a page holds nothing but what the application put there, as a browser sees it."""

from __future__ import annotations

import re

from playwright.sync_api import Page

ARMED = """
window.hits = [];
window.pwned = (what) => { window.top.hits.push(what); };
document.addEventListener('securitypolicyviolation', (event) => window.hits.push(event.violatedDirective));
"""
ACTIVE = """(html) => {
  const held = html == null ? document : new DOMParser().parseFromString(html, 'text/html');
  const elements = new Set(['SCRIPT', 'IFRAME', 'FRAME', 'BASE', 'OBJECT', 'EMBED', 'STYLE', 'TEMPLATE', 'FORM', 'META',
                            'LINK', 'MATH', 'IMG', 'VIDEO', 'AUDIO', 'MARQUEE', 'USE', 'ANIMATE', 'SET',
                            'FOREIGNOBJECT']);
  const addresses = new Set(['href', 'src', 'srcset', 'action', 'formaction', 'xlink:href', 'data', 'poster', 'ping']);
  const leads = (value) => !/^(#|[?]|[/](?![/\\\\])|[\\w-]*(#|$))/.test(value);
  const strange = (one) => /^on|^style$|^srcdoc$|^autofocus$/i.test(one.name)
                           || addresses.has(one.name.toLowerCase()) && leads(one.value);
  return [...held.querySelectorAll('*')]
    .filter(one => elements.has(one.tagName.toUpperCase()) || [...one.attributes].some(strange))
    .map(one => one.outerHTML);
}"""
OURS = re.compile(
    r'<script type="module" src="/static/|<script type="application/ld\+json">[^<]*</script>$'
    r'|<form [^>]*action="/(?!/)|<meta (charset|name)="|<link rel="(stylesheet|icon)" href="/static/'
    r'|<a [^>]*href="https://evil\.example/[^"]*" rel="noopener noreferrer nofollow'
)


def harmless(page: Page, html: str | None = None) -> bool:
    """Whether nothing ran, and all that could run, load or lead is of the application, in the page or in HTML."""
    assert page.evaluate("() => window.hits") == [], page.url
    strange = [found for found in page.evaluate(ACTIVE, html) if not OURS.match(found)]
    assert strange == [], page.url
    return True
