"""What do people fill in to say something about the programme?"""

from futurefit.site.programme.forms.challenges import AnswerForm, AskForm
from futurefit.site.programme.forms.decisions import AdoptForm
from futurefit.site.programme.forms.equality import (
    ConsiderForm,
    ConsultationForm,
    EffectForm,
    ScreenForm,
    SignForm,
)
from futurefit.site.programme.forms.fund import FundEntryForm
from futurefit.site.programme.forms.lifecycle import MoveForm, SignOffForm
from futurefit.site.programme.forms.month import AnyMonthForm, CloseForm, UnlockForm, WhyForm
from futurefit.site.programme.forms.words import (
    DependencyForm,
    DocumentLinkForm,
    FactForm,
    FteImpactForm,
    MilestoneForm,
    NewProjectForm,
    PartForm,
    PostsField,
    ProjectForm,
    ReadingForm,
    RemoveForm,
    RiskForm,
    StatementForm,
    SuccessMeasureForm,
    SupportRequestForm,
    ThemeForm,
    WordsForm,
    WorkstreamForm,
    YearField,
)

STATEMENTS: dict[str, type[StatementForm]] = {
    "milestone": MilestoneForm,
    "risk": RiskForm,
    "successmeasure": SuccessMeasureForm,
    "dependency": DependencyForm,
    "supportrequest": SupportRequestForm,
    "fact": FactForm,
    "documentlink": DocumentLinkForm,
    "fteimpact": FteImpactForm,
    "consultation": ConsultationForm,
}
"""The form of each kind of statement, by the name that stands in its address."""

__all__ = [
    "STATEMENTS",
    "PostsField",
    "YearField",
    "WordsForm",
    "PartForm",
    "ThemeForm",
    "WorkstreamForm",
    "ProjectForm",
    "NewProjectForm",
    "StatementForm",
    "MilestoneForm",
    "RiskForm",
    "ReadingForm",
    "SuccessMeasureForm",
    "DependencyForm",
    "SupportRequestForm",
    "FactForm",
    "DocumentLinkForm",
    "FteImpactForm",
    "RemoveForm",
    "SignOffForm",
    "MoveForm",
    "AnyMonthForm",
    "CloseForm",
    "UnlockForm",
    "WhyForm",
    "ScreenForm",
    "EffectForm",
    "SignForm",
    "ConsultationForm",
    "ConsiderForm",
    "AdoptForm",
    "FundEntryForm",
    "AskForm",
    "AnswerForm",
]
