// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/campaigns/campaignpage.h"

#include <QComboBox>
#include <QHeaderView>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QSettings>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>

#include "core/report/reports.h"
#include "ui/models/badgedelegate.h"
#include "ui/models/campaignrows.h"
#include "ui/pages/campaigns/campaigndialogs.h"
#include "ui/shell/context.h"
#include "ui/shell/dialogservice.h"
#include "ui/shell/foresight.h"
#include "ui/shell/reportmenu.h"
#include "ui/shell/settings.h"
#include "ui/shell/takeaway.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/filterbar.h"
#include "ui/widgets/keyvalueform.h"
#include "ui/widgets/messagebar.h"
#include "ui/widgets/sectionheader.h"
#include "ui/widgets/tableview.h"
#include "ui/widgets/text.h"

using namespace Qt::StringLiterals;

namespace countersign {

namespace {

enum class AnswerState { Open, AllYes, NotAllYes };

AnswerState stateOf(const AttestedModelRow &row)
{
    return !row.answered() ? AnswerState::Open : row.exceptions == 0 ? AnswerState::AllYes : AnswerState::NotAllYes;
}

} // namespace

struct CampaignPage::Private
{
    explicit Private(Context &given)
        : context(given)
    {
    }

    Context &context;
    QSettings *settings = nullptr;
    RecordModel<CampaignRow> *campaignRows = nullptr;
    RecordModel<AttestedModelRow> *modelRows = nullptr;
    RecordProxy *modelProxy = nullptr;
    MessageBar *message = nullptr;
    QStackedWidget *stack = nullptr;
    EmptyState *empty = nullptr;
    QWidget *filled = nullptr;
    TableView *campaigns = nullptr;
    TableView *models = nullptr;
    SectionHeader *boardHeader = nullptr;
    QProgressBar *progress = nullptr;
    FilterBar *filter = nullptr;
    QComboBox *state = nullptr;
    KeyValueForm *answers = nullptr;
    SectionHeader *answerHeader = nullptr;
    QPushButton *openButton = nullptr;
    QPushButton *attestButton = nullptr;
    QPushButton *closeButton = nullptr;
};

CampaignPage::CampaignPage(Context &context, QSettings *settings, QWidget *parent)
    : Page(parent)
    , m_d(std::make_unique<Private>(context))
{
    m_d->message = new MessageBar(this);
    m_d->stack = new QStackedWidget(this);
    m_d->empty = new EmptyState(u"sign"_s, tr("There is no attestation campaign yet"),
                                tr("In a campaign the owners of the models you choose answer a list of questions and "
                                   "sign their answers. How the models stood is kept at its beginning and its end."),
                                tr("&Open a campaign…"), m_d->stack);
    auto *split = new QSplitter(Qt::Vertical, m_d->stack);
    split->addWidget(buildCampaigns());
    split->addWidget(buildBoard());
    split->setStretchFactor(0, 1);
    split->setStretchFactor(1, 3);
    split->setChildrenCollapsible(false);
    m_d->filled = split;
    m_d->stack->addWidget(split);
    m_d->stack->addWidget(m_d->empty);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_d->message);
    column->addWidget(m_d->stack, 1);
    connect(m_d->empty, &EmptyState::activated, this, &CampaignPage::open);
    connect(&context.changes, &ChangeNotifier::sessionChanged, this, &CampaignPage::refreshActions);
    m_d->settings = settings;
    keepFresh(context, [this] { reload(); });
}

CampaignPage::~CampaignPage() = default;

QWidget *CampaignPage::buildCampaigns()
{
    auto *part = new QWidget(this);
    m_d->campaignRows = new RecordModel<CampaignRow>(
        campaignColumns(), [](const CampaignRow &row) { return toQt(row.id.str()); }, this);
    auto *header = new SectionHeader(tr("Campaigns"), part);
    m_d->openButton = header->addAction(tr("&New campaign…"), u"add"_s);
    m_d->campaigns = new TableView(tr("Attestation campaigns"), part);
    m_d->campaigns->setModel(new RecordProxy(m_d->campaignRows, this));
    m_d->campaigns->setItemDelegate(new BadgeDelegate(m_d->campaigns));
    m_d->campaigns->shareWidth({0});
    m_d->campaigns->setSelectionMode(QAbstractItemView::SingleSelection);
    m_d->campaigns->horizontalHeader()->setSortIndicator(-1, Qt::AscendingOrder);
    auto *column = new QVBoxLayout(part);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(header);
    column->addWidget(m_d->campaigns, 1);
    connect(m_d->openButton, &QPushButton::clicked, this, &CampaignPage::open);
    connect(m_d->campaigns->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            &CampaignPage::showCampaign);
    return part;
}

QWidget *CampaignPage::buildBoard()
{
    auto *part = new QWidget(this);
    m_d->modelRows = new RecordModel<AttestedModelRow>(
        attestedModelColumns(), [](const AttestedModelRow &row) { return toQt(row.model.str()); }, this);
    m_d->modelProxy = new RecordProxy(m_d->modelRows, this);
    m_d->boardHeader = new SectionHeader(tr("Models"), part);
    m_d->attestButton = m_d->boardHeader->addAction(tr("&Attest…"));
    m_d->closeButton = m_d->boardHeader->addAction(tr("&Sign off…"), u"sign"_s);
    auto *save = m_d->boardHeader->addAction(tr("E&xport…"));
    save->setToolTip(tr("Saves the models shown as CSV"));
    m_d->boardHeader->addWidget(new ReportMenu(
        m_d->context, tr("Repor&t"),
        [this] {
            const auto &workspace = m_d->context.workspace;
            const auto *campaign = chosen();
            return campaign ? campaignReport(workspace.policy(), workspace.registry(), *campaign) : Report();
        },
        [this] { return u"attestation-"_s + dateText(m_d->context.workspace.today()); }, *m_d->message, part));
    m_d->progress = new QProgressBar(part);
    m_d->progress->setAccessibleName(tr("Models attested"));
    m_d->filter = new FilterBar(tr("Search the models of the campaign"), part);
    m_d->state = m_d->filter->addFilter(tr("Answers"), tr("All models"));
    FilterBar::setChoices(m_d->state, {{tr("Not attested"), static_cast<int>(AnswerState::Open)},
                                       {tr("All yes"), static_cast<int>(AnswerState::AllYes)},
                                       {tr("Not all yes"), static_cast<int>(AnswerState::NotAllYes)}});
    m_d->models = new TableView(tr("Models of the campaign"), part);
    m_d->models->setModel(m_d->modelProxy);
    m_d->models->setItemDelegate(new BadgeDelegate(m_d->models));
    m_d->models->shareWidth({1, 2, 5, 7}); // model, owner, who attested, what changed
    m_d->models->setSelectionMode(QAbstractItemView::SingleSelection);
    m_d->models->horizontalHeader()->setSortIndicator(-1, Qt::AscendingOrder);
    auto *split = new QSplitter(part);
    split->addWidget(m_d->models);
    split->addWidget(buildAnswers());
    split->setStretchFactor(0, 3);
    split->setStretchFactor(1, 1);
    split->setChildrenCollapsible(false);
    split->setSizes({fontMetrics().averageCharWidth() * 120, fontMetrics().averageCharWidth() * 40});
    auto *column = new QVBoxLayout(part);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_d->boardHeader);
    column->addWidget(m_d->progress);
    column->addWidget(m_d->filter);
    column->addWidget(split, 1);
    connect(m_d->attestButton, &QPushButton::clicked, this, &CampaignPage::attest);
    connect(m_d->closeButton, &QPushButton::clicked, this, &CampaignPage::close);
    connect(save, &QPushButton::clicked, this, &CampaignPage::exportCsv);
    connect(m_d->filter, &FilterBar::changed, this, &CampaignPage::applyFilter);
    connect(m_d->models->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this] {
        showAnswers();
        refreshActions();
    });
    connect(m_d->models, &TableView::opened, this, [this](const QModelIndex &index) {
        if (m_d->attestButton->isEnabled())
            attest();
        else if (const auto *row = m_d->modelRows->recordAt(index))
            m_d->context.navigator.openModel(row->model);
    });
    return part;
}

QWidget *CampaignPage::buildAnswers()
{
    auto *part = new QWidget(this);
    m_d->answerHeader = new SectionHeader(tr("Answers"), part);
    m_d->answers = new KeyValueForm(part, KeyValueForm::Values::Below);
    auto *column = new QVBoxLayout(part);
    column->setContentsMargins(8, 0, 0, 0);
    column->addWidget(m_d->answerHeader);
    column->addWidget(m_d->answers);
    column->addStretch(1);
    return part;
}

QString CampaignPage::pageId() const
{
    return u"attestation"_s;
}

QString CampaignPage::title() const
{
    return tr("Attestation");
}

void CampaignPage::focusStart()
{
    startAt(*m_d->campaigns, *m_d->empty);
}

TableView *CampaignPage::campaigns() const
{
    return m_d->campaigns;
}

TableView *CampaignPage::models() const
{
    return m_d->models;
}

const Campaign *CampaignPage::chosen() const
{
    const auto *row = m_d->campaignRows->recordAt(m_d->campaigns->currentIndex());
    const auto &campaigns = m_d->context.workspace.registry().campaigns;
    const auto found = row ? campaigns.find(row->id) : campaigns.end();
    return found == campaigns.end() ? nullptr : &found->second;
}

void CampaignPage::reload()
{
    const auto &workspace = m_d->context.workspace;
    m_d->campaignRows->setRecords(campaignRows(workspace.registry(), workspace.today()));
    const bool any = m_d->campaignRows->rowCount() > 0;
    m_d->stack->setCurrentWidget(any ? m_d->filled : m_d->empty);
    if (any && !m_d->campaigns->currentIndex().isValid())
        m_d->campaigns->setCurrentIndex(m_d->campaigns->model()->index(0, 0));
    showCampaign();
}

void CampaignPage::showCampaign()
{
    const auto &workspace = m_d->context.workspace;
    const auto *campaign = chosen();
    const bool first = m_d->modelRows->rowCount() == 0;
    m_d->modelRows->setRecords(
        campaign ? attestedModelRows(workspace.registry(), *campaign,
                                     [&](std::int64_t level) { return toQt(workspace.policy().tierLabel(level)); })
                 : std::vector<AttestedModelRow>());
    if (first && campaign)
        m_d->models->remember(m_d->settings, settings::campaignColumns);
    if (campaign) {
        const auto answered = std::ranges::count_if(m_d->modelRows->records(), &AttestedModelRow::answered);
        m_d->boardHeader->setTitle(toQt(campaign->title));
        m_d->boardHeader->setRemark(
            campaign->open ? tr("open until %1").arg(dateText(campaign->until))
                           : tr("signed off %1: %2")
                                 .arg(campaign->closedAt ? timeText(*campaign->closedAt).left(10) : QString(),
                                      toQt(campaign->statement).section(u'\n', 0, 0)));
        m_d->progress->setRange(0, std::max(1, m_d->modelRows->rowCount()));
        m_d->progress->setValue(static_cast<int>(answered));
        m_d->progress->setFormat(tr("%1 of %2 attested").arg(answered).arg(m_d->modelRows->rowCount()));
    }
    applyFilter();
    if (!m_d->models->currentIndex().isValid() && m_d->modelProxy->rowCount() > 0)
        m_d->models->setCurrentIndex(m_d->modelProxy->index(0, 0));
    showAnswers();
    refreshActions();
}

void CampaignPage::showAnswers()
{
    m_d->answers->clear();
    const auto *campaign = chosen();
    const auto *row = m_d->modelRows->recordAt(m_d->models->currentIndex());
    m_d->answerHeader->setTitle(row ? tr("Answers for %1").arg(row->reference) : tr("Answers"));
    m_d->answerHeader->setRemark(row && !row->answered() ? tr("not attested yet") : QString());
    if (!campaign || !row)
        return;
    const auto &attestations = m_d->context.workspace.registry().attestations;
    const auto given = attestations.find(row->attestation);
    for (std::size_t at = 0; at < campaign->questions.size(); ++at) {
        QString words;
        if (given != attestations.end()) {
            const auto &line = given->second.lines.at(at);
            words = toQt(displayName(line.answer)) + (line.comment.empty() ? QString() : u'\n' + toQt(line.comment));
        }
        m_d->answers->setValue(u"%1. %2"_s.arg(at + 1).arg(toQt(campaign->questions[at])), words);
    }
}

void CampaignPage::applyFilter()
{
    const auto words = m_d->filter->text().toLower().split(u' ', Qt::SkipEmptyParts);
    const auto state = m_d->state->currentData();
    m_d->modelProxy->setPredicate([this, words, state](int at) {
        const auto &row = m_d->modelRows->record(at);
        if (state.isValid() && static_cast<int>(stateOf(row)) != state.toInt())
            return false;
        const auto text = QStringList{row.reference, row.name, row.owner, row.by}.join(u'\n').toLower();
        return std::ranges::all_of(words, [&](const QString &word) { return text.contains(word); });
    });
    m_d->filter->setShown(m_d->modelProxy->rowCount(), m_d->modelRows->rowCount());
}

void CampaignPage::refreshActions()
{
    const auto &workspace = m_d->context.workspace;
    const auto gate = [&](QPushButton *button, const std::optional<std::string> &barred, const QString &unless) {
        button->setEnabled(!barred && unless.isEmpty());
        button->setToolTip(barred ? toQt(*barred) : unless);
    };
    const auto *campaign = chosen();
    const auto *row = m_d->modelRows->recordAt(m_d->models->currentIndex());
    const auto opening = workspace.whyNot("campaignOpened");
    gate(m_d->openButton, opening, {});
    m_d->empty->setDisabledReason(opening ? toQt(*opening) : QString());
    const auto closed = campaign && !campaign->open ? tr("The campaign is signed off.") : QString();
    QString unless = !campaign ? tr("Select a campaign first.") : closed;
    gate(m_d->closeButton, workspace.whyNot("campaignClosed"), unless);
    if (unless.isEmpty())
        unless = !row ? tr("Select a model first.")
                 : !campaign->isAnsweredOn(workspace.today())
                     ? tr("It is answered from %1 to %2.").arg(dateText(campaign->from), dateText(campaign->until))
                 : row->answered() ? tr("%1 is attested already.").arg(row->reference)
                                   : QString();
    auto barred = workspace.whyNot("attestationGiven");
    if (!barred && unless.isEmpty()) {
        AttestationGiven fact;
        fact.record.campaign = campaign->id;
        fact.record.model = row->model;
        if (const auto why = whyNotNow(workspace, fact))
            barred = toStd(*why);
    }
    gate(m_d->attestButton, barred, unless);
}

void CampaignPage::open()
{
    if (m_d->openButton->isEnabled())
        (new OpenCampaignDialog(m_d->context, this))->open();
}

void CampaignPage::attest()
{
    const auto *row = m_d->modelRows->recordAt(m_d->models->currentIndex());
    if (const auto *campaign = chosen(); campaign && row)
        (new AttestDialog(m_d->context, *campaign, row->model, this))->open();
}

void CampaignPage::close()
{
    if (const auto *campaign = chosen())
        (new CloseCampaignDialog(m_d->context, *campaign, this))->open();
}

void CampaignPage::exportCsv()
{
    saveAndSay(m_d->context, this, *m_d->message,
               {tr("Export the campaign"), u"attestation-%1.csv"_s.arg(dateText(m_d->context.workspace.today())),
                tr("CSV (*.csv)"), tr("The campaign is in %1")},
               toCsv(shownAsTable(*m_d->modelProxy)));
}

} // namespace countersign
