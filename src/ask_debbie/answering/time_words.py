"""How questions of time are worded, in folded English."""

from __future__ import annotations

import re

from ask_debbie.retrieval.terms import stem

ROLE = r"(?:job|role|position|title|post|employer|company|work|gig|paycheck|internship|career|team)"
LENGTH = re.compile(
    r"\bhow long\b|\bhow many (?:\w+ )?(?:years|yrs|months)\b|\bhow much time\b|\b(?:duration|tenure|length) of\b|\btotal time\b|"
    r"\b(?:years|yrs|months) of (?:\w+ )?experience\b|\bfor how long\b|\bhow (?:long|much) between\b|"
    r"^\W*(?:(?:and|so|total|the|exact|number|amount|of|overall|what) )*(?:time|years|yrs|months) (?:spent |worked )?(?:at|in|with|on|as|of)\b"
)
EXPERIENCE = re.compile(
    r"\b(?:experience|in (?:total|all)|overall|altogether|professional(?:ly)?|career|workforce|industry|been working|worked)\b"
)
HERE = r"(?:place|seat|post|spot|chair|desk|shop|outfit|firm|organi[sz]ation|office|employment)"
WHY = re.compile(r"\b(?:why|how come|what made|for what reason)\b")
AGO = re.compile(
    r"\bhow (?:long|many (?:years|months)) (?:ago|(?:has|is) it (?:been )?since|since)\b|\bsince when\b(?=.{0,60}\bago\b)"
)
STILL = re.compile(
    r"\b(?:is|are|does|do|has|have) (?:\w+ ){1,5}still\b|\bstill (?:at|with|in|on|there|working|employed|part of)\b|\bno longer\b|\bdid (?:she|he|they) (?:leave|quit)\b"
)
OVER = re.compile(
    r"\b(?:is|are|was|has|did) .*\b(?:finished|over|done|complete(?:d)?|closed|ongoing|on-going|going(?: on)?|running|active|continuing|"
    r"continues?|(?:come|came) to an end|stop(?:ped)?|end(?:ed)?)\b(?! (?:of|by|in|up|to|with|at|on|for)\b)"
)
ONE_OR_OTHER = re.compile(
    r"\b(?:first|earlier|sooner|later|last|before or after|after or before|before the other|more recent(?:ly)?|older|newer)\b"
)
BEFORE_OR_AFTER = re.compile(r"\b(?:before or after|after or before|earlier or later than)\b", re.IGNORECASE)
TITLE = re.compile(
    r"\b(?:title|position|role)\b(?!s)|\bwhat (?:is|was|were|'s) (?:her|his|their) job\b(?! (?:like|about|satisfaction|entail|involve))"
)
TOTAL = re.compile(
    r"\b(?:years|yrs|much|long)\b.{0,40}\b(?:experience|in (?:total|all)|overall|altogether|professional(?:ly)?|"
    r"career|workforce|industry|working|been (?:an? )?(?:\w+ )?(?:engineer|developer|nurse|architect|teacher|designer))\b"
)
START = re.compile(
    r"\b(?:start|starts|started|starting|join|joined|joining|begin|began|begun|enter|entered|hired)\b"
)
END = re.compile(
    r"\b(?:leave|left|leaving|end|ended|finish|finished|stop|stopped|quit|until when|last day|complete[d]?|wrap(?:ped)? up|wound up|(?:come|came) to an end|(?:is|was) over|give up|gave up)\b"
)
GRADUATE = re.compile(
    r"\bgraduat\w*|\bgot (?:her|his|their) (?:degree|diploma)\b|\bfinish\w* (?:school|college|university|(?:her|his|their) (?:degree|studies))\b"
)
WHEN = re.compile(
    r"\bwhen\b|\bsince\b|\b(?:what|which) (?:years?|months?|dates?|period)\b|\bfrom when\b|\bstart date\b|\bend date\b|"
    r"^\W*(?:(?:and|so|the|exact|in|month|year) )*(?:year|month|date)\b"
)
NOW = re.compile(
    r"\b(?:current(?:ly)?|now|nowadays|these days|at present|present|at the moment|presently|right now|today)\b"
)
BEFORE = re.compile(
    r"\b(?:before|prior to|previous(?:ly)?|preceding|preced\w+|earlier than)\b|\blast (?:job|role|position|employer|company)\b"
)
AFTER = re.compile(r"\b(?:after|following|next|since leaving|straight after|directly after)\b")
FIRST = re.compile(
    rf"\b(?:first|earliest|oldest)\b.{{0,20}}\b{ROLE}\b|\b(?:start\w*|begin\w*|began) (?:out )?(?:her|his|their) career\b|\bcareer (?:start|begin|began)\w*"
    r"|\b(?:where|what|how) did \w+ (?:start|begin)(?: out)?(?: (?:as|in|at|working|professionally))?\W*$"
)
OF_OTHERS = re.compile(  # "when the pandemic began in March 2020" says no more than March 2020
    r"\b(?:when|as|while) (?!(?:she|he|they|her|his|their)\b)[\w\s'-]{3,40}? (?=(?:back )?(?:in|during|of|around) (?:\w+ ){0,2}(?:19|20)\d\d)",
    re.IGNORECASE,
)
FIRST_OR_LAST = re.compile(
    rf"\b(?:(?P<first>first|earliest|initial|original)|last|latest|current|present|newest|most recent)"
    rf" (?:\w+ ){{0,3}}{ROLE}\b"
)
LATEST = re.compile(
    rf"\bwork(?:ed)? (?:last|most recently)\b|\blast (?:work(?:ed)?|employ(?:er|ed))\b|\b(?:latest|most recent|newest)\b.{{0,20}}\b{ROLE}\b"
)
VOLUNTEERING = re.compile(
    r"\b(?:what|which|any|where|list|done|has|have|did|does)\b.{0,40}\bvolunteer\w*|\bvolunteer\w*\b.{0,20}\b(?:work|done|experience)\b"
)
LIST = re.compile(
    r"\b(?:list|which|what(?: are)?|name|all|every)\b.{0,30}\b(?:jobs|roles|positions|companies|employers|titles|internships)\b|"
    r"\b(?:career|work|employment|job) (?:history|path|timeline|progression)\b|\bwhere (?:has|have|did|all) \w+ (?:\w+ )?work(?:ed)?\b|"
    r"\b(?:order|sequence) of (?:her|his|their) (?:employers|companies|jobs|roles|positions)\b|"
    r"\b(?:list|each|every) (?:\w+ )?(?:employer|company|job|role|position)\b|"
    r"\bwhich (?:\w+ ){0,2}(?:schools|hospitals|practices|offices|firms|clinics|universities|agencies|studios|labs|places)\b"
    r".{0,25}\b(?:work\w*|taught|teach|been|employ\w*|nursed|served)\b|"
    r"\b(?:all|every|name|list)\b.{0,20}\b(?:hospitals?|firms?|schools?|clinics?|places?|practices?)\b.{0,25}\b(?:work\w*|taught|nursed|served|employ\w*)\b|"
    r"\bwho (?:are|were) (?:all )?\w+ (?:\w+ )?(?:employers|companies)\b|"
    r"\bwho (?:has|have|did) \w+ work(?:ed)? for\b|\bwhich (?:two|three|four) \w+ (?:has|have|did)\b.{0,20}\b(?:work|employ)\w*"
)
WHERE_NOW = re.compile(
    rf"\b(?:where|who|what|which|whom|whose)\b.{{0,60}}\b(?:work\w*|do|does|doing|employ\w*|{ROLE})\b|^(?:her|his|their )?current\b.{{0,20}}{ROLE}"
)
LONGEST = re.compile(r"\b(longest|longer|shortest|shorter)\b")
DOING = re.compile(
    r"\b(?:doing|do|busy|projects?|work\w*|job|role|title|position|employ\w*|where|up to|company|at|still|already|teams?|squad|department|study\w*|intern\w*|professionally)\b"
)
ABOUT_TIME = frozenset(
    stem(w)
    for w in """start started starting begin began join joined leave left end ended finish finished graduate
        graduated graduation spend spent spending stay stayed tenure duration length career intern
        internship interning interned employment employed employee present total between gap since until
        last lasted lasting run ran still first recent previous prior before after next order newest
        oldest history title paycheck signs sign hired hire school college university degree studies
        engineer developer professional industry workforce longest longer shortest shorter complete
        completed date dates period full fulltime immediately directly straight timeline progression path
        whole entire combined time position each two three both former most exact exactly month lie came
        come earlier later already more less than study studying studied take took project gig switch
        switched held hold holding join promoted promotion become became long does early mid late summer
        winter spring fall autumn ago side busy passed pass happen happened made went go still sooner busy around back new already same volunteer volunteered volunteering voluntary move moved moving rose rising when while during meanwhile taught teach nursed served employer together each every hospital practice office firm clinic agency studio lab place listed
        moment across seat post spot stop stopped chair desk shop outfit stint spell wrap wrapped wound over ongoing continue continued continuing continues active
        running done live lived based meantime old onward onwards afterwards put add adding added up team teams
        altogether overall far logged clocked unit""".split()
)
GAPS = re.compile(
    r"\bgaps\b(?! in (?:\w+ )*(?:skill|knowledge|understanding|data|coverage|training|process)\w*)|\b(?:employment|career|job|work|resume|cv) gap\b|\b(?:a|any) gap\b(?! year)|\b(?:gap|break) between\b|\bbetween jobs\b|\bout of work\b|\bunemploy\w*|\b(?:career|employment) breaks?\b|"
    r"\bbreaks? (?:in|from|between) (?:(?:her|his|their) )?(?:work|employment|career|jobs)\b"
)
OF_GAPS = frozenset(
    stem(w) for w in "gap gaps break breaks unemployed unemployment resume cv timeline career out".split()
)
BETWEEN = re.compile(
    r"\b(?:between|from) (?P<one>.{3,60}?) (?:and|to) (?P<other>[^?.]{3,60})(?=[?.]|$|, )", re.IGNORECASE
)
WHILE = re.compile(
    r"\b(?:while|whilst|when|during|at the (?:same )?time(?: of| as| that)?|alongside|as well as|and if so|already|or (?:only )?(?:after\w*|before|earlier|later))\b|[,?.;]\s",
    re.IGNORECASE,
)
EMPLOYED = re.compile(
    rf"\bor (?:only )?(?:after|before|earlier|later)|\b(?:work\w*|employ\w*|compan\w*|{ROLE}|full[- ]time|at the time)\b"
)
DEGREES = re.compile(
    r"\b(?:bachelor\w*|master\w*|ph\.?d|graduat\w*|degree|college|university|uni|school|studies|studying)\b"
)
LATEST_LISTED = re.compile(r"\b(?:latest|most recent(?:ly)?|newest|last|(?P<first>first|earliest|oldest))\b")
GOT = frozenset(
    stem(w)
    for w in """win won get got earn earned receive received pass passed obtain obtained achieve achieved build built
        make made create created write wrote design designed develop developed launch launched invent invented publish
        published qualify qualified""".split()
)
KINDS = frozenset(
    stem(w)
    for w in """certificate certification certified cert course exam test qualification licence license licensed award prize
        ticket badge paper article publication talk patent""".split()
)
CAREER = re.compile(
    r"\b(?:been working|work(?:ing)? (?:in|as|professionally)|(?:her|his|their) career|(?:this|the) (?:industry|field|profession|business|trade))\b"
)
OLDEST_FIRST = re.compile(r"\b(?:oldest|earliest|first) (?:to|first)\b|\bchronolog\w*")
ANY_JOB = re.compile(
    r"\b(?:any|a single|some|every|each|all|ever .{0,30}?\ba|a) (?:of (?:her|his|their) )?(?:\w+ )?(?:jobs?|roles?|positions?|employers?|company|companies)\b"
)
OF_CAREER = re.compile(r"\b(?:total|overall|altogether|in all)\b|\byears (?:in|of)\b")
OVERLAP = re.compile(
    r"\b(?:two|both|several|multiple|more than one|another) (?:\w+ )?(?:jobs?|roles?|positions?|employers?|companies)\b.{0,30}"
    r"\b(?:at once|at (?:the same|a|one) time|simultaneous\w*|in parallel|concurrent\w*|together)\b|"
    r"\b(?:jobs?|roles?|positions?|employers?|dates?)\b.{0,20}\boverlap\w*\b|\boverlap\w*\b.{0,20}\b(?:jobs|roles|positions|employers)\b|"
    r"\bmoonlight\w*\b"
)
