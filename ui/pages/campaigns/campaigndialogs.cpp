// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/campaigns/campaigndialogs.h"

#include <QComboBox>
#include <QDateEdit>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>

#include "core/policy/stages.h"
#include "ui/shell/context.h"
#include "ui/widgets/text.h"

using namespace Qt::StringLiterals;

namespace countersign {

namespace {

QListWidget *makeChecks(const QString &name, const QList<QPair<QString, QVariant>> &choices, QWidget *parent)
{
    auto *list = new QListWidget(parent);
    list->setAccessibleName(name);
    for (const auto &[text, value] : choices) {
        auto *item = new QListWidgetItem(text, list);
        item->setData(Qt::UserRole, value);
        item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable);
        item->setCheckState(Qt::Unchecked);
    }
    const int shown = std::min(static_cast<int>(choices.size()), 6);
    list->setFixedHeight(list->sizeHintForRow(0) * shown + 2 * list->frameWidth() + 2);
    return list;
}

/// The values of the items ticked.
QVariantList checkedIn(const QListWidget *list)
{
    QVariantList values;
    for (int row = 0; row < list->count(); ++row)
        if (list->item(row)->checkState() == Qt::Checked)
            values.append(list->item(row)->data(Qt::UserRole));
    return values;
}

QList<QPair<QString, QVariant>> tierChoices(const PolicyPack &pack)
{
    QList<QPair<QString, QVariant>> choices;
    for (const auto &tier : pack.tiers)
        choices.append({toQt(tier.label), qlonglong(tier.level)});
    choices.append({toQt(pack.tierLabel(0)), 0});
    return choices;
}

QList<QPair<QString, QVariant>> stageChoices(const PolicyPack &pack, const Registry &registry)
{
    QList<QPair<QString, QVariant>> choices;
    for (const auto &place : stagesInUse(pack, registry))
        if (place.countsAs != Stage::retired)
            choices.append({toQt(place.label), toQt(place.id)});
    return choices;
}

} // namespace

OpenCampaignDialog::OpenCampaignDialog(Context &context, QWidget *parent)
    : ActDialog(tr("Open an attestation campaign"), tr("Open campaign"), parent)
    , m_context(context)
    , m_title(addLine(tr("&Title"), tr("Year-end attestation")))
    , m_from(addDate(tr("&From")))
    , m_until(addDate(tr("&Until")))
    , m_tiers(makeChecks(tr("Tiers asked"), tierChoices(context.workspace.policy()), this))
    , m_stages(
          makeChecks(tr("Stages asked"), stageChoices(context.workspace.policy(), context.workspace.registry()), this))
{
    const auto today = toQt(context.workspace.today());
    m_from->setDate(today);
    m_until->setMinimumDate(today);
    m_until->setDate(today.addDays(30));
    addField(tr("Tie&rs asked"), m_tiers);
    addField(tr("&Stages asked"), m_stages);
    m_unit = addChoice(tr("&Business unit"));
    m_owner = addChoice(tr("&Owner"));
    m_count = new QLabel(this);
    form()->addRow(QString(), m_count);
    m_questions = addText(tr("&Questions"), tr("One question a line"), 5);
    m_questions->setPlainText(tr("Is the entry in the inventory complete and true?\n"
                                 "Is the model used for its approved purpose only?\n"
                                 "Do its known limitations still hold, and are they all recorded?\n"
                                 "Is it monitored as its tier asks?\n"
                                 "Are all findings on it recorded, and is their plan on time?"));
    fillScope();
    for (auto *list : {m_tiers, m_stages})
        connect(list, &QListWidget::itemChanged, this, [this] { showCount(); });
    for (auto *choice : {m_unit, m_owner})
        connect(choice, &QComboBox::currentIndexChanged, this, [this] { showCount(); });
    showCount();
    m_title->setFocus();
}

void OpenCampaignDialog::fillScope()
{
    QStringList units;
    QStringList owners;
    for (const auto &[id, model] : m_context.workspace.registry().models) {
        units << toQt(model.businessUnit);
        owners << toQt(model.owner);
    }
    const auto fill = [](QComboBox *choice, QStringList names, const QString &all) {
        names.removeAll(QString());
        names.removeDuplicates();
        names.sort(Qt::CaseInsensitive);
        choice->addItem(all, QString());
        for (const auto &name : std::as_const(names))
            choice->addItem(name, name);
    };
    fill(m_unit, units, tr("Every business unit"));
    fill(m_owner, owners, tr("Every owner"));
}

Campaign OpenCampaignDialog::campaign() const
{
    Campaign made;
    made.title = typed(m_title);
    made.from = fromQt(m_from->date());
    made.until = fromQt(m_until->date());
    for (const auto &tier : checkedIn(m_tiers))
        made.scope.tiers.insert(tier.toLongLong());
    for (const auto &stage : checkedIn(m_stages))
        made.scope.stages.insert(toStd(stage.toString()));
    made.scope.businessUnit = toStd(m_unit->currentData().toString());
    made.scope.owner = toStd(m_owner->currentData().toString());
    for (const auto &line : m_questions->toPlainText().split(u'\n', Qt::SkipEmptyParts))
        if (!line.trimmed().isEmpty())
            made.questions.push_back(toStd(line.trimmed()));
    return made;
}

std::size_t OpenCampaignDialog::modelCount() const
{
    return modelsAsked(m_context.workspace.policy(), m_context.workspace.registry(), campaign().scope).size();
}

void OpenCampaignDialog::showCount()
{
    m_count->setText(tr("%1 asked. Nothing ticked asks for every tier and every stage.")
                         .arg(countText(qint64(modelCount()), tr("model is"), tr("models are"))));
    check();
}

QString OpenCampaignDialog::missing() const
{
    if (m_title->text().trimmed().isEmpty())
        return tr("Give the campaign a title.");
    if (m_until->date() < m_from->date())
        return tr("The campaign would be over before it begins.");
    if (!m_questions || campaign().questions.empty())
        return tr("Write a question, one a line.");
    return modelCount() == 0 ? tr("No model is in that scope.") : QString();
}

Result<void> OpenCampaignDialog::act()
{
    return outcome(m_context.workspace.openCampaign(campaign()));
}

AttestDialog::AttestDialog(Context &context, const Campaign &campaign, const ModelId &model, QWidget *parent)
    : ActDialog(tr("Attest a model"), tr("Attest"), parent)
    , m_context(context)
    , m_campaign(campaign.id)
    , m_model(model)
{
    const auto &registry = context.workspace.registry();
    if (const auto found = registry.models.find(model); found != registry.models.end())
        addNote(tr("%1 %2, in \"%3\". Your answers are signed with your name.")
                    .arg(toQt(found->second.reference), toQt(found->second.name), toQt(campaign.title)));
    auto *area = new QScrollArea(this);
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->setAccessibleName(tr("Questions"));
    auto *content = new QWidget(area);
    auto *column = new QVBoxLayout(content);
    int number = 0;
    for (const auto &question : campaign.questions) {
        ++number;
        auto *words = new QLabel(u"%1. %2"_s.arg(number).arg(toQt(question)), content);
        words->setWordWrap(true);
        words->setTextFormat(Qt::PlainText);
        Line line{new QComboBox(content), new QLineEdit(content)};
        line.answer->addItem(tr("Choose…"));
        for (const auto answer : enumValues<AttestedAnswer>())
            line.answer->addItem(toQt(displayName(answer)), static_cast<int>(answer));
        line.answer->setAccessibleName(tr("Answer %1").arg(number));
        line.comment->setAccessibleName(tr("Comment %1").arg(number));
        line.comment->setPlaceholderText(tr("Comment, needed unless the answer is yes"));
        auto *row = new QHBoxLayout;
        row->addWidget(line.answer);
        row->addWidget(line.comment, 1);
        column->addWidget(words);
        column->addLayout(row);
        column->addSpacing(6);
        connect(line.answer, &QComboBox::currentIndexChanged, this, &AttestDialog::check);
        connect(line.comment, &QLineEdit::textChanged, this, &AttestDialog::check);
        m_lines.push_back(line);
    }
    column->addStretch(1);
    area->setWidget(content);
    area->setMinimumHeight(std::min(content->sizeHint().height(), fontMetrics().height() * 28));
    form()->addRow(area);
    if (!m_lines.empty())
        m_lines.front().answer->setFocus();
}

QString AttestDialog::missing() const
{
    for (std::size_t at = 0; at < m_lines.size(); ++at) {
        const auto answer = m_lines[at].answer->currentData();
        if (!answer.isValid())
            return tr("Answer question %1.").arg(at + 1);
        if (static_cast<AttestedAnswer>(answer.toInt()) != AttestedAnswer::yes &&
            m_lines[at].comment->text().trimmed().isEmpty())
            return tr("Write a comment on question %1: its answer is not yes.").arg(at + 1);
    }
    return {};
}

Result<void> AttestDialog::act()
{
    std::vector<AttestationLine> lines;
    lines.reserve(m_lines.size());
    for (const auto &line : m_lines)
        lines.push_back({static_cast<AttestedAnswer>(line.answer->currentData().toInt()), typed(line.comment)});
    return outcome(m_context.workspace.attest(m_campaign, m_model, lines));
}

CloseCampaignDialog::CloseCampaignDialog(Context &context, const Campaign &campaign, QWidget *parent)
    : ActDialog(tr("Sign the campaign off"), tr("Sign off"), parent)
    , m_context(context)
    , m_campaign(campaign.id)
    , m_statement(addText(tr("&Statement"), tr("What the campaign came to, and what follows"), 4))
    , m_passphrase(addLine(tr("&Passphrase")))
{
    m_passphrase->setEchoMode(QLineEdit::Password);
    const auto lines = campaignLines(context.workspace.registry(), campaign);
    const auto open =
        std::ranges::count_if(lines, [](const CampaignLine &line) { return line.attestation == nullptr; });
    const auto doubtful = std::ranges::count_if(lines, [](const CampaignLine &line) { return line.exceptions() > 0; });
    addNote(
        tr("\"%1\": %2 of %3 not attested, %4 with an answer that is not yes. Signed off, the campaign takes no more "
           "answers, and how its models stand now is kept.")
            .arg(toQt(campaign.title), countText(open), countText(qint64(lines.size()), tr("model"), tr("models")),
                 countText(doubtful)));
    m_statement->setFocus();
}

QString CloseCampaignDialog::missing() const
{
    if (typed(m_statement).empty())
        return tr("Write the statement.");
    return m_passphrase->text().isEmpty() ? tr("Give your passphrase.") : QString();
}

Result<void> CloseCampaignDialog::act()
{
    return m_context.workspace.closeCampaign(m_campaign, typed(m_statement), toStd(m_passphrase->text()));
}

void CloseCampaignDialog::refused(const Error &)
{
    m_passphrase->clear();
}

} // namespace countersign
