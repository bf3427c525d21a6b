"""What a line that is not body looks like, role by role, in the languages that cost nothing.

A rule speaks only where a reader would at once agree: each is anchored at the start of the line
and most at its end, too. All that is less certain is left to `body`, which weighs the line's
place and shape.
"""

import re
from functools import cache

from briefing.model import Role

# Longer lines than this are running text unless a rule for long lines says otherwise.
_SHORT = 220

_NETWORKS = (
    r"(?:facebook|twitter|x|whats ?app|messenger|linked ?in|pinterest|reddit|telegram|e-?mail|mail"
    r"|instagram|youtube|flipboard|tumblr|google ?\+?|google plus|vkontakte|vk|bluesky|threads|viber"
    r"|xing|pocket|print|link|rss|tiktok|snapchat|copy(?: the)? link|stumbleupon|digg|line|mastodon)"
)
_SEPARATOR = r"[\s,|·•/&–-]*"

# Each expression stands between a start and a word boundary; `$` is written where it must end.
SHORT_RULES: dict[Role, dict[str, str]] = {
    Role.READ_MORE: {
        "read-more": r"(?:read|see|watch|view|more|related|also read|click)(?: more| also| next| this| here| now)?"
        r"(?: on this(?: story| topic)?| about this| stories| coverage)?\s*[:»›>→]",
        "read-more-alone": r"(?:read (?:more|next|also|the full (?:story|article)|this next|on)"
        r"|continue reading|keep reading|see (?:also|more)|more (?:on|from) this(?: story| topic)?"
        r"|more details|learn more|find out more|don['’]t miss|what to read next|recommended reading"
        r"|further reading)(?: (?:here|below|on the topic))?\W*$",
        "read-more-languages": r"(?:lire (?:aussi|la suite|plus)|à lire(?: aussi| également)?|voir aussi"
        r"|en savoir plus|lesen sie (?:auch|hier|mehr|dazu|weiter)|mehr (?:zum thema|dazu|lesen)|weiterlesen"
        r"|auch interessant|lea también|leer más|le puede interesar|te puede interesar|más información"
        r"|leggi anche|leggi di più|approfondisci|per approfondire|leia (?:também|mais)|saiba mais"
        r"|lees (?:ook|meer|verder)|czytaj (?:też|także|więcej|również)|zobacz (?:też|także|również)"
        r"|читайте (?:также|ещё|еще|подробнее|нас)|читать (?:далее|полностью|также)|подробнее|смотрите также"
        r"|читайте (?:також|теж|більше)|дивіться також|також читайте|детальніше|більше новин)\b",
    },
    Role.SHARE: {
        "share": rf"(?:share|tweet|post|pin|send|save|e-?mail|print|copy|follow|like|teilen|partager|compartir"
        rf"|condividi|compartilhar|delen|поделиться|поширити)?(?: us| this| it| page| story| article| via| on| to"
        rf"| link| auf| sur| en| su| a friend| with| by| the| in){{0,6}}{_SEPARATOR}"
        rf"(?:{_NETWORKS}(?: this page| this)?{_SEPARATOR}){{1,10}}(?:\(opens in (?:a )?new window\))?\W*$",
        "share-alone": r"(?:share|tweet|sharing|shares|share this(?: \w+){0,4}|share (?:options|article|story|now|on|via)"
        r"|(?:read or )?share this (?:story|article)\b.*|save(?: article)?|print(?: article)?|bookmark|copy link|link copied"
        r"|send this page to.{0,40}|e-?mail (?:this|to a friend|article).{0,40}|tweet this|listen(?: to (?:this )?article).{0,20}"
        r"|gift (?:this )?article|click to (?:share|email|print|copy)\b.*|\d[\d.,]*k? ?shares?|add to (?:favorites|reading list)"
        r"|teilen|drucken|merken|partager|imprimer|compartir|imprimir|condividi|stampa|delen"
        r"|поделиться|поширити|скопировать ссылку)\W*$",
    },
    Role.SUBSCRIBE: {
        "newsletter": r"(?:sign (?:me )?up|subscribe|register|join|get|receive|log ?in|sign in|become a|already a|support our|start your"
        r"|enter your|want more|never miss|stay (?:up to date|informed|connected)|try|follow us|download)"
        r"\b.{0,120}\b(?:newsletters?|e-?mails?|inbox|alerts?|subscri(?:be|bers?|ption)|accounts?|updates?|digest"
        r"|members?(?:hip)?|free trial|journalism|app|offers?)\b.{0,60}$",
        "account": r"(?:subscribe(?: now| today| here| to .{1,40})?|subscription(?:s| offers)?|subscribers? only|sign (?:in|up|out)(?: now| here)?|log ?(?:in|out|on)|my account|create (?:an )?account"
        r"|register(?: now)?|newsletters?|daily newsletter|e-?mail (?:address|alerts?)|enter (?:your )?e-?mail(?: address)?|your e-?mail(?: address)?"
        r"|manage newsletters?|thank you for (?:subscribing|signing up).{0,60}|donate(?: now)?|contribute|support us|abonnieren|anmelden|registrieren|jetzt abonnieren"
        r"|s['’]abonner|je m['’]abonne|s['’]inscrire|se connecter|suscríbete|suscribirse|iniciar sesión|abbonati|accedi|iscriviti"
        r"|assine|entrar|abonneer|inloggen|подписаться|подпишитесь.{0,80}|войти|підписатися|підпишіться.{0,80}|увійти)\W*$",
        "subscriber-benefit": r"(?:this is a subscriber[- ]only|posts from this (?:author|topic)|by (?:signing up|subscribing|submitting|providing)|by clicking)\b.{0,260}$",
    },
    Role.ADVERT: {
        "advert": r"(?:[-–—\[(* ]*)(?:advertisements?|advertising|advert|ads?(?: feedback)?|sponsored(?: content| links?| by.{0,40})?|promoted(?: content)?"
        r"|paid (?:content|post)|partner content|article continues (?:after|below).{0,40}|story continues (?:after|below).{0,40}|continue reading below.{0,40}"
        r"|(?:scroll|skip) (?:down|past|to continue).{0,40}(?:advert|ad|video|content|reading).{0,20}|skip (?:ad|advert(?:isement)?)|ad choices|adchoices"
        r"|sponsor message|become a .{1,30} sponsor|story continued below|report this ad|remove ads|why (?:am i seeing|this ad).{0,40}"
        r"|anzeige|werbung|publicité|annonce|publicidad|pubblicità|publicidade|advertentie|reklama|реклама|реклама 18\+)[-–—\])*.: ]*$",
        "affiliate": r"(?:note to readers: if you|we may (?:earn|receive) (?:a )?commission|this (?:article|post|page) (?:may )?contains? affiliate"
        r"|if you (?:buy|purchase) (?:something|a product|an item)|.{0,80}we may (?:earn|receive|get) a(?:n affiliate)? commission)\b.{0,200}$",
    },
    Role.COOKIE: {
        "cookie": r".{0,120}\b(?:cookie (?:policy|settings|preferences|statement|notice|consent)|cookies? (?:richtlinie|einstellungen)|uses? cookies|use of cookies|our cookies|accept (?:all )?cookies|utilise des cookies"
        r"|verwenden cookies|verwendet cookies|usamos cookies|utiliza cookies|utilizziamo i cookie|cookie-файл|файлы cookie|використовує(?:мо)? cookie)\b.{0,200}$",
        "privacy": r"(?:privacy(?: policy| notice| statement| settings| center)?|your (?:california )?privacy (?:rights|choices)|do not sell.{0,60}|terms (?:of (?:use|service|sale)|and conditions|& conditions)"
        r"|user agreement|legal(?: notice)?|accessibility(?: help| statement)?|datenschutz(?:erklärung)?|impressum|agb|mentions légales|confidentialité|aviso legal|política de privacidad"
        r"|use of (?:and/or registration on )?this (?:site|website).{0,200}|registration on or use of this site.{0,200})\W*$",
    },
    Role.COPYRIGHT: {
        "copyright": r"(?:(?:©|\(c\)|copyright\b|all rights reserved|tous droits réservés|alle rechte vorbehalten|todos los derechos"
        r"|tutti i diritti|все права защищены|всі права захищені|reuse this content|this material may not be (?:published|reproduced).*).{0,200})$",
        "copyright-inside": r".{0,80}(?:©\s?(?:19|20)\d\d|all rights reserved|copyright \d{4})\b.{0,120}$",
    },
    Role.COMMENT: {
        "comments": r"(?:\(?\d[\d.,]*k?\)? ?(?:comments?|kommentare?|commentaires?|comentarios?|commenti|комментари\w*|коментар\w*)"
        r"|(?:view|show|read|see|join|leave|post|add|write|load|hide|close|be the first to|start)(?: the| a| all| your| more)? ?(?:conversation|comments?|reply|discussion)(?: \(?\d*\)?)?"
        r"|comments?(?: \(?\d+\)?| section| are closed)?|have your say|what do you think\?|no comments(?: yet)?|reply|report comment"
        r"|kommentieren|kommentare|commenter|commentaires|comentarios|commenti|комментарии|комментировать|обсудить|коментарі|коментувати)\W*$",
        "comment-rules": r"(?:we (?:moderate|welcome) (?:all )?comments|comments (?:on this|are|have been|submitted)|please (?:read our|keep) comment|the views expressed in the (?:contents|comments)).{0,200}$",
    },
    Role.RELATED: {
        "related-heading": r"(?:(?:related|trending|popular|recommended|featured|latest|top|more|most|other|similar|recent|promoted|editors?['’]?s?|the latest|must[- ]reads?)"
        r"(?: (?:on|in|from|news|stories|story|articles?|topics?|content|videos?|posts?|read|popular|viewed|shared|commented|recent|watched|now|links?|headlines?|reads?|picks?|coverage|reading|to explore|like this|for you|this|the|today|picks|choice)){0,4}"
        r"(?: [\w’'-]+){0,3}|you (?:may|might) (?:also )?(?:like|be interested in|have missed|enjoy).{0,20}|we recommend.{0,20}|recommended for you|around the web|from (?:around )?the web|in case you missed it|up next|next (?:up|article|story)|previous (?:article|story)|in this (?:article|story)|what to watch.{0,20}|today['’]s top (?:stories|headlines).{0,20}"
        r"|meistgelesen|mehr zum thema|das könnte (?:sie|dich) auch interessieren|verwandte (?:themen|artikel)|sur le même sujet|articles (?:liés|similaires)|les plus lus|lo más (?:leído|visto)|noticias relacionadas|notizie correlate|i più letti|mais lidas|meest gelezen|по теме|самое читаемое|популярное|материалы по теме|за темою|популярне)\W*$",
        "related-label": r"(?:related|story|stories|video|watch|photos?|gallery|slideshow|graphic|interactive|podcast|listen|opinion|analysis|explainer|explained|fact check|live(?: updates)?|in pictures|background|recommended|next article|previous article|dossier|explore)(?: story| article| video| coverage| gallery)?:\s",
        "related-capitals": r"(?-i:(?:IN|MORE|RELATED|STORY|WATCH|READ|VIDEO|PHOTOS|LIVE|ALSO)(?: [A-Z]+){0,3}:\s)",
        "graphic": r"\((?:graphic|click|for (?:a )?(?:graphic|interactive|full)|see (?:graphic|also|related)|story|video)\b.{0,160}\)$",
        "old-article": r"this article is more than \d.{0,40}$",
    },
    Role.CAPTION: {
        "caption-label": r"(?:image(?: caption| copyright| source)?|media caption|photo(?:graph)?|picture|pictured|caption|video caption|main image|bild|légende|foto|подпись|фото|above|below)\s*[:,]\s",
        "media-playback": r"(?:media playback is (?:un|not )supported|image (?:caption|copyright|source)\b|media caption\b|(?:hide|toggle) caption|enlarge (?:this )?image|(?:play|watch) (?:video|now|the video)\b|this content requires javascript"
        r"|image \d+ of \d+|\d+ ?/ ?\d+$|(?:view|open|show|see)(?: \w+)? (?:gallery|image|photos?|slideshow|fullscreen)|slideshow \(\d+ images\)|(?:file|stock) (?:photo|image|picture)\b|clockwise from (?:top|left)).{0,240}",
    },
    Role.CREDIT: {
        "credit": r"[\[(]?(?:(?:photo|image|picture|video|graphic|photograph|illustration|bild|foto|fotos|crédit|credit|фото|ілюстрація|иллюстрация)s?(?: credits?| by| courtesy(?: of)?| copyright)?\s?[:©/]|(?:photo|image|picture|photograph)(?:graph)?s? (?:by|courtesy)|photographer:|credit:|source:|getty images|ap photo|reuters/|afp/|shutterstock|alamy|istock|unsplash).{0,120}$",
        "credit-agency": r"[\[(]?[\w.’' -]{2,50}(?:/|, | via | \| | - |\()\s?(?:(?:ap|afp|epa|getty|reuters|pa|shutterstock|alamy|istock|bloomberg|rex|upi|tass|anp|dpa|efe|ansa|ritzau|tt)\b[\w ]{0,30}[)\]/]?)(?:[/,| ]+[\w’' -]{2,30}){0,3}[\])]?$",
        "credit-contributed": r"(?:—|-|–|\*|\()?\s?(?:.{2,120}\bcontributed (?:to|reporting).{0,100}|(?:additional )?(?:reporting|writing|editing|compiled)(?: and (?:reporting|writing|editing))? by .{2,200}|with (?:additional )?(?:reporting|assistance|files|contributions|additional reporting)(?: by| from).{0,160}|writing by .{2,120}|our standards: .{0,100}|(?:the )?associated press(?: writers?)?(?: contributed)?.{0,80})$",
    },
    Role.CONTACT: {
        "contact": r"(?:(?:contact|reach|e-?mail|write to|follow|tweet)(?: (?:the|this|her|him|them|us|me|our))?(?: (?:author|writer|reporter|reporters|journalist|editor|newsroom))?\b.{0,80}(?:@|\bat \S+\.\w{2,4}|twitter|\+?\d[\d -]{7,}).{0,120}|[\w.+-]{2,40}@[\w-]{2,40}\.[\w.]{2,20}|@\w{2,20}|got a (?:tip|story).{0,160}|do you have (?:a|any) (?:story|tip|information).{0,120})$",
    },
    Role.BIO: {
        "bio": r"(?:is an? (?:senior |staff |freelance |deputy |chief |political |contributing |associate |former )?(?:editor|reporter|writer|journalist|correspondent|columnist|author|professor|contributor|producer|fellow)\b.{0,200}"
        r"|(?:about the author|about (?:us|this content)|more (?:from|by) (?:this author|the author).{0,40}|view (?:all posts|author|more posts).{0,40}|see all (?:posts|articles|stories) by.{0,40}|(?:all )?posts by .{0,40}))$",
    },
    Role.NAVIGATION: {
        "navigation": r"(?:skip to .{0,40}|(?:main )?menu|menusections|home(?: ?page)?|search(?: .{0,30})?|back to (?:top|home|article|.{0,20})|return to top|go to .{0,30}|navigation|close(?: menu| this)?|open(?: navigation)? menu|sections?|show more|show less|load more|view (?:all|more)|see all|next|prev(?:ious)?|contact(?: us)?|about(?: us)?|careers?|jobs|help|faqs?|site ?map|advertise(?: with us| here)?|rss(?: feeds?)?|editions?:?(?: .{0,20})?|weather|horoscopes?|crosswords?|obituaries|classifieds|e-?edition|apps?|loading.{0,20}|toggle .{0,30}|play|pause|mute|volume|current time.{0,20}|duration.{0,20}|embed|download|transcript|learn more|topics?:?|tags?:?|categories|filed under:?.{0,80}|posted in:?.{0,80}|explore .{0,30}|more topics?.{0,40}|follow(?:ing)?(?: us)?(?: on)?|published in|part of .{0,40}|why you can trust .{0,30}|breaking(?: news)?|live|watch live|subscribe|startseite|accueil|inicio|главная|головна|меню|поиск|пошук)\W*$",
        "symbols": r"[\W_]+$",
        "counter": r"(?:\d{1,3}|#\d{1,3}|\d{1,2}:\d\d(?:/\d{1,2}:\d\d)?|\d{1,3}\s?%|page \d+(?: of \d+)?|listen · .{0,20}|\d+ min(?:ute)?s? (?:read|ago).{0,20})$",
        "address": r"(?:https?://|www\.)\S+$",
        "file": r"[\w -]{1,80}\.(?:jpe?g|png|gif|webp|svg|mp4|mp3|pdf)$",
        "markup": r"<(?:iframe|script|img|div|a|object|embed)\b.{0,400}$",
    },
    Role.TIMESTAMP: {
        "timestamp-ago": r"(?:(?:updated?|published|posted|last (?:updated|modified))[: ]{0,3})?(?:\d{1,3}|an?|one|two|few) ?(?:m|h|d|s|hrs?|mins?|seconds?|minutes?|hours?|days?|weeks?|months?|years?)(?: ago| old)?\W*$",
        "timestamp-clock": r"(?:at )?\d{1,2}[.:h]?\d{0,2}\s?(?:[ap]\.?m\.?)?(?: ?(?:[a-z]{2,4}))?\W*$",
        "timestamp-label": r"(?:published|updated|posted|last updated|modified|first published|published at|published on|publish date|date|created)(?: (?:on|at))?\W*$",
    },
}  # fmt: skip

# Rules for lines of any length: they stand at the start.
LONG_RULES: dict[Role, dict[str, str]] = {
    Role.CAPTION: {
        "caption-broadcaster": r"(?:media playback is unsupported|image copyright|image caption|media caption|image source,)\b",
    },
    Role.COPYRIGHT: {
        "copyright-notice": r"(?:©|\(c\) ?(?:19|20)\d\d|copyright (?:©|\d{4}|the)|this material may not be published|the material on this site may not|reproduction (?:of|in) )",
    },
    Role.SUBSCRIBE: {"subscriber-notice": r"(?:\[ ?)?sign up (?:for|to) (?:our|the|your)\b"},
    Role.SHARE: {"share-links": r"(?:click to (?:email|share)\b|send this page to someone|share this with\b)"},
    Role.COOKIE: {"cookie-notice": r"(?:we (?:and our partners )?(?:use|store) (?:cookies|and/or access)|this (?:web)?site uses cookies|by (?:continuing|using) (?:to use )?this (?:web)?site)\b"},
}  # fmt: skip


def role_of(text: str) -> tuple[Role, str] | None:
    """Return the role of a line that a rule knows not to be body, and the rule's name.

    >>> role_of("Read more: Ferry strike enters third week")
    (<Role.READ_MORE: 'read-more'>, 'read-more')
    >>> role_of("The ferry strike entered its third week on Monday.") is None
    True
    """
    expression, rules = _compiled(short=len(text) <= _SHORT)
    found = expression.match(text)
    return rules[found.lastgroup or ""] if found else None


@cache
def _compiled(*, short: bool) -> tuple[re.Pattern[str], dict[str, tuple[Role, str]]]:
    """Return one expression for all rules, and what each of its groups stands for."""
    rules: dict[str, tuple[Role, str]] = {}
    parts = []
    for table in (LONG_RULES, SHORT_RULES) if short else (LONG_RULES,):
        for role, patterns in table.items():
            for name, pattern in patterns.items():
                group = f"g{len(rules)}"
                rules[group] = (role, name)
                parts.append(f"(?P<{group}>{pattern})")
    return re.compile("|".join(parts), re.IGNORECASE), rules
