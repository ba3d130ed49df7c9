"""How questions that go on from what was said are worded, in folded English."""

from __future__ import annotations

import re

YES = re.compile(
    r"\W*(?:yes|yeah|yep|yup|sure|ok(?:ay)?|please(?: do)?|go (?:on|ahead)|do|absolutely|of course|sounds good|why not|"
    r"i(?:'d| would) (?:like|love) (?:that|to)|that would be (?:great|nice)|tell me|si|oui|ja|sim)"
    r"(?:[\s,.!]+(?:please|thanks|thank you|do|go ahead|tell me(?: more)?|i(?:'d| would) like that|that would be (?:great|nice)|sure|more))*\W*"
)
MORE = re.compile(
    r"\b(?:(?:tell|say|know|hear|give) (?:me |us )?(?:a bit |some |a little )?more|more (?:details?|about (?:that|it|this))|elaborate|go on|expand on|anything else|what else|details)\b"
)
ABOUT = re.compile(
    r"^\W*(?:and|or|so|ok(?:ay)?|but|also)?[\s,]*(?:what|how) about\s+|^\W*(?:and|or|what of)\s+(?!(?:(?:since|until|till|from|at|in|on|with|for|by|to|of) )?(?:how|what|who|whom|whose|when|where|why|which|did|does|do|has|have|is|was|were|can)\b)(?=\w)|^\W*same (?:for|with)\s+"
)
POINTS_BACK = re.compile(
    r"\b(?:that|this|it|its|those|these|there|then|them|their|they|one|ones|same|such|former|latter|the (?:team|project|company|role|job|tool|app|product|migration|initiative|service|number|course|prize|award|building|library))\b"
)
POINTS_BACK_FIRMLY = re.compile(
    r"\b(?:that|this|it|those|these|there|then|the (?:former|latter|same)|the (?:[\w'’-]+ ){1,2}ones?)\b(?!\s+(?:she|he|they))"
)
CONTINUES = re.compile(
    r"^\W*(?:and|so|but|also|or|then|why|how come|how so|really|which one|which ones|who|when|where|how (?:many|much|long|big|often)|for whom|(?:with|for|at|in|from|to|by|of|on|about|under) (?:whom|what|which|how))\b"
)
_IN_FULL = (
    (
        re.compile(r"\b(?:written|coded|programmed|implemented) (?:it )?in\b(?!\s+(?:\d|a\b|the\b))"),
        "programming language",
    ),
    (
        re.compile(r"\b(?:built|made|run|runs|running|based) (?:it )?(?:with|on|using)\b\W*$"),
        "technology tools",
    ),
)
OTHERS = re.compile(r"\b(?:their|theirs|they|them)\b")
ELSEWHERE = re.compile(
    r"^\W*(?:(?:ok(?:ay)?|cool|great|nice|thanks|thank you|right|so|and|but|well|anyway)\W+)*"
    r"(?:(?:a )?(?:different|new|another|separate|unrelated|other) (?:topic|subject|question|thing|matter)|(?:on )?another note|"
    r"(?:let us |let's )?(?:chang\w+|switch\w*) (?:the )?(?:topic|subject|gears)|moving on|something (?:else|different)|unrelated(?:ly)?|"
    r"on a different note|forget (?:that|it|about (?:that|it)))\b[\s:,.;–—-]*(?=\w)"
)
BACK_TO = re.compile(
    r"^\W*(?:(?:ok(?:ay)?|cool|great|nice|thanks|thank you|right|so|and|but|well|anyway|now)\W+)*"
    r"(?:(?:(?:going|coming|let us go|let's go|let's get) )?back to|returning to|(?:let's|let us|can we) (?:talk|speak) about)\s+"
    r"(?P<what>[^,.:;?!–—-]{2,40}?)(?:\s+instead)?\s*[,.:;?!–—-]+\s*(?P<rest>\w.+)"
)
JOB = re.compile(r"\b(?:job|work|day job|role|position|present|employer)\b")
PERSON = re.compile(r"\b(?:she|he|they|her|hers|his|him|their|theirs|them|you|your|candidate|applicant)\b")
OF_A_DETAIL = re.compile(
    r"^\W*(?:(?:and|so|but|ok(?:ay)?) )?(?:how|when|where|why|which (?:ones?|year|month)|(?:since|until|till|from) when)\b"
    r"(?!.*\b(?:is|are|does|do|can|will|should) (?!(?:it|this|that|these|those|there|they|one)\b)\w)"  # "when is Easter?"
)
SAME = re.compile(
    r"^\W*(?:\w+\W+){0,2}?(?:did|does|do|has|have|was|is|were) \w+ (?:also |ever )?(?:use|do|done|used|have|had|try|tried)? ?"
    r"(?:it|that|this|those|them|so|the same)(?: thing)? (?:too |also |as well )?(?:at|with|for|in|during)\b"
)
THERE = re.compile(
    r"\b(?:there|at that (?:job|company|place|time)|in that (?:role|job|position)|on that project)\b(?! (?:is|are|was|were|any)\b)"
)
OTHER = re.compile(
    r"\bthe other(?:\s+(?:one|project|role|job|position|team|company|employer|school|degree|internship))?\b(?!\s+\w{4,})"
)
_STOP = r"(?:one|job|role|place|company|employer|firm|school|position|post|team|gig)"
STEP = re.compile(
    r"\b(?:before|after|prior to|following|preceding)\s+(?:(?:that|this|it|then)\b|(?:she|he|they) \w+ (?:that|this|there)\b)|"
    rf"\b(?:the|her|his|their|which|what)\s+{_STOP}\s+(?:just |right )?(?:before|after|prior)\W*$|"
    rf"^\W*(?:(?:and|so|ok(?:ay)?|what about|how about)\W+)*(?:the |her |his |their )?(?:next|previous|prior|following|preceding) {_STOP}\W*$|"
    r"^\W*(?:(?:and|so|ok(?:ay)?|what about|how about)\W+)*(?:what (?:came|was|did (?:she|he|they) do) )?(?:before|after|afterwards|next)\W*$"
)
OF_A_PLACE = re.compile(
    r"\b(?<!same )(?:where|place|company|employer|firm|school|hospital|organi[sz]ation)\b"
)


def meant_by(text: str) -> str:
    """What a folded question means that it only says by small words: "what is it written in?"."""
    return " ".join(name for pattern, name in _IN_FULL if pattern.search(text))
