"""Which words of councils mean the same, and which tell two savings apart? (rule CLA-08)

Data alone. Words stand here in their own spelling; `likeness` brings them to one form.
"""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


SAME_MEANING: tuple[tuple[str, ...], ...] = (
    # What is done.
    ("close", "shut", "cease", "discontinue", "stop", "end", "terminate", "decommission"),
    ("reduce", "cut", "lower", "decrease", "trim", "scale back", "less", "fewer", "shrink"),
    ("merge", "amalgamate", "combine", "consolidate", "integrate", "unify", "bring together"),
    ("delete", "remove", "abolish", "disestablish", "lose"),
    ("renegotiate", "reprice", "relet", "re-let", "retender", "re-tender", "reprocure",
     "re-procure", "recommission", "re-commission", "tender", "procure", "let again"),
    ("outsource", "externalise", "contract out", "outsourcing", "externalisation"),
    ("move", "transfer", "step down", "resettle", "relocate", "place", "placement", "transition",
     "migrate", "rehouse", "re-provide", "reprovide", "bring back", "repatriate"),
    ("redesign", "restructure", "reshape", "reorganise", "remodel", "reconfigure", "transform",
     "reorganisation"),
    ("share", "joint", "pool"),
    ("automate", "digitise", "channel shift", "online", "self service", "self-service", "digital",
     "web"),
    ("negotiate", "bargain"),
    ("increase", "raise", "uplift", "put up", "higher"),
    ("rent", "lease", "let", "tenancy"),
    ("sell", "sale", "dispose", "disposal"),
    ("turn off", "switch off", "dim", "dimming", "part-night"),
    # Who and for whom.
    ("staff", "workforce", "employees", "personnel"),
    ("temporary", "agency", "interim", "locum"),
    ("councillor", "elected member", "members"),
    ("volunteer", "community run", "community-run", "community led", "community-led"),
    ("learning disability", "learning disabilities", "learning difficulties", "ld"),
    ("physical disability", "physical disabilities", "physically disabled", "pd"),
    ("mental health", "mental illness", "mh", "psychiatric"),
    ("older people", "older person", "older adults", "elderly", "over 65s", "65+",
     "aged 65 and over", "pensioners", "people over 65"),
    ("looked after children", "looked-after children", "children in care", "lac",
     "children looked after"),
    ("care leavers", "leaving care"),
    ("special educational needs", "sen", "send", "special needs"),
    ("autism", "autistic", "asd"),
    ("dementia", "alzheimer"),
    ("children", "child", "cyp", "young people", "young person"),
    ("clients", "service users", "service user", "customers", "residents", "people supported",
     "individuals", "adults", "people"),
    # Where the money goes.
    ("contract", "agreement", "contractor", "provider", "supplier"),
    ("price", "rate", "unit cost", "cost"),
    ("residential", "care home", "nursing home", "registered care"),
    ("supported living", "supported housing", "supported tenancies", "own tenancies",
     "own tenancy"),
    ("extra care", "extracare", "sheltered housing"),
    ("home care", "homecare", "domiciliary", "domiciliary care", "care at home", "dom care"),
    ("day service", "day services", "day centre", "day centres", "day opportunities", "day care"),
    ("respite", "short breaks", "short break"),
    ("direct payment", "direct payments", "personal budget", "personal budgets"),
    ("reablement", "enablement", "re-ablement", "intermediate care"),
    ("home to school transport", "school transport", "pupil transport", "school buses",
     "school bus", "pupil travel", "school travel"),
    ("public transport", "bus", "buses", "bus service", "bus services", "supported bus"),
    ("transport", "travel", "fleet", "vehicles", "vehicle", "vans", "minibuses"),
    ("mileage", "business travel", "car allowance", "staff travel", "essential user"),
    ("street lighting", "street lights", "streetlights", "street lamps", "lamp columns",
     "lighting columns"),
    ("highway", "highways", "roads", "road", "carriageway", "carriageways"),
    ("winter maintenance", "winter gritting", "gritting", "winter service", "salting"),
    ("gully", "gullies", "drainage", "drains"),
    ("waste", "refuse", "rubbish", "bins"),
    ("household recycling", "recycling centre", "tip", "tips", "civic amenity"),
    ("grounds", "grounds maintenance", "grass cutting", "grass-cutting", "mowing", "verge",
     "verges"),
    ("it", "ict", "information technology", "computing", "computers"),
    ("hr", "human resources"),
    ("building", "premises", "property", "accommodation", "office", "offices"),
    ("facilities management", "fm"),
    ("cleaning", "caretaking", "cleaners", "janitorial"),
    ("catering", "canteen", "meals", "food service"),
    ("reception", "front desk", "front counter"),
    ("telephone", "phones", "telephony", "phone", "telecoms", "mobile phones"),
    ("printing", "print", "reprographics", "photocopying", "copiers", "print room"),
    ("stationery", "office supplies"),
    ("training", "learning and development", "l&d", "courses"),
    ("energy", "electricity", "utilities", "gas", "heat and light"),
    ("maintenance", "repairs", "upkeep", "repair"),
    ("security", "guarding", "guards", "manned guarding"),
    ("postage", "mail", "mailroom", "post room"),
    ("advertising", "publicity", "marketing", "communications", "comms"),
    ("fee", "charge", "tariff"),
    ("income", "receipts", "earnings"),
    ("grant", "subsidy", "contribution", "donation", "funding"),
    ("voluntary sector", "third sector", "charities", "vcs", "voluntary organisations"),
    ("parking", "car park", "car parks"),
    ("museum", "museums", "heritage"),
    ("archive", "archives", "records office", "record office"),
    ("library", "libraries"),
    ("mobile library", "mobile libraries", "library van", "bookbus"),
    ("book fund", "book stock", "stock fund", "new books", "books"),
    ("children's centre", "children's centres", "early years hub", "family hub", "family centres"),
    ("fostering", "foster", "foster care", "foster carers", "fostered"),
    ("adoption", "adoptive"),
    ("youth", "youth service", "youth club", "youth clubs", "youth centre"),
    ("public health", "health improvement"),
    ("drug and alcohol", "substance misuse", "addiction"),
    ("sexual health", "gum"),
    ("trading standards", "consumer protection"),
    ("registrars", "registration", "registrar"),
    ("planning", "development management", "development control"),
    ("economic development", "regeneration", "inward investment"),
    ("countryside", "parks", "park", "green spaces", "open spaces", "rights of way"),
    ("audit", "internal audit"),
    ("legal", "solicitors", "law"),
    ("payroll", "pay office"),
    ("procurement", "purchasing", "buying"),
    ("invoice", "accounts payable", "creditor payments"),
    ("customer services", "contact centre", "call centre", "customer contact"),
    ("assessment", "care assessment", "social work assessment"),
    ("translation", "interpreting", "interpreters"),
    ("equipment", "aids and adaptations", "aids", "community equipment"),
    ("music", "music service", "instrumental"),
    ("outdoor education", "outdoor centre", "residential centre"),
    ("adult education", "adult learning", "community learning"),
    ("early help", "prevention", "preventative"),
    ("vacant", "vacancy", "unfilled", "vacancies"),
    ("budget", "cost centre", "cost center", "budget line", "budget code"),
)  # fmt: skip
"""Each row means one thing here; its first spelling stands for all."""

ABBREVIATIONS: dict[str, str] = {
    "snr": "senior",
    "sr": "senior",
    "mgr": "manager",
    "mngr": "manager",
    "asst": "assistant",
    "ass't": "assistant",
    "admin": "administrative",
    "administration": "administrative",
    "dep": "deputy",
    "tech": "technical",
    "dir": "director",
    "exec": "executive",
    "coord": "coordinator",
    "co-ord": "coordinator",
    "co-ordinator": "coordinator",
    "hos": "head of service",
    "dept": "department",
    "mgmt": "management",
    "svc": "service",
    "svcs": "service",
    "govt": "government",
    "devt": "development",
    "dev": "development",
    "comm": "community",
    "yp": "young people",
    "res": "residential",
    "sw": "social worker",
    "bso": "business support officer",
    "ot": "occupational therapist",
    "pa": "personal assistant",
    "fbp": "finance business partner",
    "ad": "assistant director",
    "rd": "road",
    "nth": "north",
    "sth": "south",
    "ctr": "centre",
    "mtce": "maintenance",
    "maint": "maintenance",
    "gr": "grounds",
    "dist": "district",
}
"""Short forms, written out."""

POST_NOUNS: frozenset[str] = _words(
    """
    accountant adviser advisor administrator analyst apprentice architect archivist assistant
    auditor buyer caretaker chef cleaner clerk consultant coordinator cook counsellor curator
    designer developer director driver editor engineer executive facilitator foreman gardener
    head inspector instructor interpreter lawyer leader lecturer librarian lead manager mentor nurse
    officer operative operator organiser paralegal partner planner practitioner principal
    psychologist ranger receptionist registrar scientist secretary solicitor specialist steward
    supervisor surveyor teacher technician therapist trainer tutor warden worker
    """
)
"""The noun that a post's title ends in; "head" begins one: Head of Libraries."""

POST_SIGNS: frozenset[str] = _words(
    """
    post position role job fte vacant vacancy vacancies delete deletion deleting redundancy
    establishment grade hours retire retirement restructure structure tier
    """
)
"""Words by which a line is known to be about posts, and not only to name one."""

NEEDS: tuple[str, ...] = (
    "learning disability",
    "physical disability",
    "mental health",
    "older people",
    "looked after children",
    "care leavers",
    "special educational needs",
    "autism",
    "dementia",
    "sensory impairment",
    "drug and alcohol",
    "brain injury",
    "homeless",
    "young carers",
    "unaccompanied asylum",
    "fostering",
)
"""What a group of clients needs: two groups with different needs are not the same clients."""

MOVING: tuple[str, ...] = (
    "move",
    "supported living",
    "extra care",
    "residential",
    "out of county",
    "out-of-county",
    "out of area",
    "high cost",
    "package",
    "reablement",
    "day service",
    "home care",
    "respite",
    "clients",
    "cohort",
    "children",
    "direct payment",
)
"""Words by which a line is known to be about where clients are cared for."""

APART: frozenset[str] = _words(
    """
    north south east west northern southern eastern western central upper lower mid inner outer
    urban rural first second third fourth primary secondary morning evening weekend night
    """
)
"""Words that set two otherwise like things apart: the north team is not the south team."""

COMMON: frozenset[str] = _words(
    """
    a about above across after against all also an and any are as at be been before between both but
    by can council county county's each existing first for from further get give had has have
    how if in into is it its itself last made make makes making many more most much must need new
    no not now of off on one only or other our out over own paper part per plan planned post
    process programme project proposal proposed propose provide provided provision review reviewed
    saving savings save saved scheme service services set several should since so some such
    support supported take taken taking team than that the their them then there these they
    this those through to together under until up upon use used using value was way we well were
    what when where which while who will with within without work working would year years
    annual annually amount budget budgets base cost costs current full fully future
    money pound pounds spend spending expenditure efficiency efficiencies efficient better best
    improve improved improving change changed changes approach arrangement arrangements level
    levels delivery deliver delivered reach area areas local authority line total number two
    three four five six seven eight nine ten once no longer rather instead due date april march
    """
)
"""Words that say nothing about which saving it is."""
