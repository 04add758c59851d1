// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/model/versionstab.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>

#include "core/policy/comparisons.h"
#include "ui/pages/model/actiongate.h"
#include "ui/pages/model/documentdialog.h"
#include "ui/pages/model/openfile.h"
#include "ui/pages/model/promotiondialog.h"
#include "ui/pages/model/requestdialog.h"
#include "ui/pages/model/rowstable.h"
#include "ui/pages/model/validationdialog.h"
#include "ui/pages/model/versiondialog.h"
#include "ui/pages/model/versionrows.h"
#include "ui/shell/context.h"
#include "ui/shell/dialogservice.h"
#include "ui/shell/takeaway.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/keyvalueform.h"
#include "ui/widgets/reasondialog.h"
#include "ui/widgets/sectionheader.h"
#include "ui/widgets/text.h"

using namespace Qt::StringLiterals;

namespace countersign {

VersionsTab::VersionsTab(Context &context, QWidget *parent)
    : ModelTab(context, parent)
    , m_whyNot(quietLabel(this))
    , m_versions(new RowsTable(tr("Versions"), versionHeadings(), this))
    , m_empty(new EmptyState(u"empty"_s, tr("No versions yet"),
                             tr("A version is what is developed, validated, monitored and signed off."),
                             tr("New version…"), this))
    , m_filled(new QWidget(this))
    , m_below(new QStackedWidget(this))
    , m_hint(quietLabel(this))
    , m_gate(new ActionGate(context, m_whyNot, this))
{
    m_versions->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_versions->shareWidth({2});
    m_hint->setText(tr("Select a version to see what it holds, or two to compare them."));
    m_hint->setAlignment(Qt::AlignCenter);
    m_below->addWidget(m_hint);
    m_below->addWidget(makeDetails());
    m_below->addWidget(m_comparisonPage = makeComparison());

    auto *split = new QSplitter(Qt::Vertical, m_filled);
    split->setChildrenCollapsible(false);
    split->addWidget(m_versions);
    split->addWidget(m_below);
    split->setStretchFactor(0, 1);
    split->setStretchFactor(1, 2);
    split->setSizes({150, 400});
    auto *filled = new QVBoxLayout(m_filled);
    filled->setContentsMargins(0, 0, 0, 0);
    filled->addWidget(split);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 12, 16, 12);
    layout->addWidget(makeActions());
    layout->addWidget(m_whyNot);
    layout->addWidget(m_filled, 1);
    layout->addWidget(m_empty, 1);
    connectActions();
}

QWidget *VersionsTab::makeActions()
{
    auto *bar = new QWidget(this);
    auto *row = new QHBoxLayout(bar);
    row->setContentsMargins(0, 0, 0, 0);
    const auto add = [&](const QString &text) {
        auto *button = new QPushButton(text, bar);
        row->addWidget(button);
        return button;
    };
    m_new = add(tr("&New version…"));
    m_edit = add(tr("&Edit…"));
    m_attach = add(tr("&Attach document…"));
    m_validate = add(tr("Record &validation…"));
    row->addStretch(1);
    m_promote = add(tr("Request &promotion…"));
    m_promote->setToolTip(tr("Puts the version forward as the challenger of the one in production, with the figures "
                             "of both"));
    m_request = add(tr("Request &deployment…"));

    const auto oneVersion = [this] { return selected() == nullptr ? tr("Select one version first.") : QString(); };
    m_gate->add(m_new, "versionRegistered");
    m_gate->add(m_edit, "versionEdited", oneVersion);
    m_gate->add(m_attach, "documentAttached", oneVersion);
    m_gate->add(m_validate, "validationRecorded", oneVersion);
    m_gate->add(m_promote, "deploymentRequested", [this] { return whyNotPromoted(); });
    m_gate->add(m_request, "deploymentRequested", [this] { return whyNotDeployed(); });
    return bar;
}

QWidget *VersionsTab::makeDetails()
{
    auto *scroll = new QScrollArea(this);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setAccessibleName(tr("Details of the version"));
    auto *content = new QWidget(scroll);
    auto *columns = new QHBoxLayout(content);
    columns->setContentsMargins(0, 8, 8, 0);
    columns->setSpacing(32);

    auto *leftSide = new QWidget(content);
    auto *left = new QVBoxLayout(leftSide);
    left->setContentsMargins(0, 0, 0, 0);
    left->addWidget(new SectionHeader(tr("Version"), content));
    m_fields = new KeyValueForm(content);
    left->addWidget(m_fields);
    left->addStretch(1);
    columns->addWidget(leftSide, 3);

    auto *rightSide = new QWidget(content);
    auto *right = new QVBoxLayout(rightSide);
    right->setContentsMargins(0, 0, 0, 0);
    auto *documents = new SectionHeader(tr("Documents"), content);
    m_open = documents->addAction(tr("&Open"));
    m_save = documents->addAction(tr("&Save a copy…"));
    m_documents = new RowsTable(tr("Documents of the version"), documentHeadings(), content);
    m_documents->shareWidth({0});
    m_documents->setVisibleRows(2, 8);
    m_noDocuments = quietLabel(content);
    m_noDocuments->setText(tr("Nothing is attached to this version."));
    right->addWidget(documents);
    right->addWidget(m_noDocuments);
    right->addWidget(m_documents);
    m_conditionTitle = new SectionHeader(tr("Conditions of its validation"), content);
    m_met = m_conditionTitle->addAction(tr("Is &met…"));
    m_conditions = new RowsTable(tr("Conditions of the validation"), conditionHeadings(), content);
    m_conditions->shareWidth({0});
    m_conditions->setVisibleRows(2, 6);
    m_gate->add(m_met, "conditionMet", [this] { return whyNotMet(); });
    right->addSpacing(8);
    right->addWidget(m_conditionTitle);
    right->addWidget(m_conditions);
    right->addStretch(1);
    columns->addWidget(rightSide, 2);
    scroll->setWidget(content);
    return scroll;
}

QWidget *VersionsTab::makeComparison()
{
    auto *page = new QWidget(this);
    m_onlyDifferences = new QCheckBox(tr("Only what &differs"), page);
    auto *heading = new SectionHeader(tr("Comparison"), page);
    heading->addWidget(m_onlyDifferences);
    m_comparison = new RowsTable(tr("Comparison of two versions"), comparisonHeadings({}, {}), page);
    m_comparison->setWordWrap(true);
    m_comparison->setTextElideMode(Qt::ElideNone);
    m_comparison->setSortingEnabled(false);
    m_comparison->horizontalHeader()->setStretchLastSection(false);
    m_comparison->horizontalHeader()->setSectionResizeMode(0, QHeaderView::ResizeToContents);
    m_comparison->horizontalHeader()->setSectionResizeMode(1, QHeaderView::Stretch);
    m_comparison->horizontalHeader()->setSectionResizeMode(2, QHeaderView::Stretch);
    m_comparison->horizontalHeader()->setSectionResizeMode(3, QHeaderView::ResizeToContents);
    m_comparison->verticalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    auto *layout = new QVBoxLayout(page);
    layout->setContentsMargins(0, 8, 0, 0);
    layout->addWidget(heading);
    layout->addWidget(m_comparison, 1);
    connect(m_onlyDifferences, &QCheckBox::toggled, this, &VersionsTab::showSelection);
    return page;
}

void VersionsTab::connectActions()
{
    connect(m_new, &QPushButton::clicked, this,
            [this] { (new VersionDialog(this->context(), modelId(), this))->open(); });
    connect(m_empty, &EmptyState::activated, m_new, &QPushButton::click);
    connect(m_edit, &QPushButton::clicked, this,
            [this] { (new VersionDialog(this->context(), *selected(), this))->open(); });
    connect(m_attach, &QPushButton::clicked, this,
            [this] { (new DocumentDialog(this->context(), *selected(), this))->open(); });
    connect(m_validate, &QPushButton::clicked, this,
            [this] { (new ValidationDialog(this->context(), *selected(), this))->open(); });
    connect(m_request, &QPushButton::clicked, this,
            [this] { (new RequestDialog(this->context(), modelId(), selected()->id, this))->open(); });
    connect(m_promote, &QPushButton::clicked, this,
            [this] { (new PromotionDialog(this->context(), modelId(), selected()->id, this))->open(); });
    connect(m_versions, &RowsTable::currentKeyChanged, this, &VersionsTab::showSelection);
    connect(m_versions, &RowsTable::opened, m_edit, &QPushButton::click);
    connect(m_open, &QPushButton::clicked, this, [this] {
        withDocument(m_documents->currentKey(), tr("Open %1"),
                     [this](const Document &document, const std::string &bytes) {
                         openAttached(this->context(), this, toQt(document.fileName), document.hash, bytes);
                     });
    });
    connect(m_documents, &RowsTable::opened, m_open, &QPushButton::click);
    connect(m_save, &QPushButton::clicked, this, [this] {
        withDocument(m_documents->currentKey(), tr("Save %1"),
                     [this](const Document &document, const std::string &bytes) {
                         const auto name = toQt(document.fileName);
                         saveBytes(this->context(), this, tr("Save %1").arg(name), name, tr("All files (*)"), bytes);
                     });
    });
    connect(m_conditions, &RowsTable::currentKeyChanged, m_gate, &ActionGate::refresh);
    connect(m_conditions, &RowsTable::opened, m_met, &QPushButton::click);
    connect(m_met, &QPushButton::clicked, this, &VersionsTab::meetCondition);
    connect(m_documents, &RowsTable::currentKeyChanged, this, [this] {
        const bool one = !m_documents->currentKey().isEmpty();
        m_open->setEnabled(one);
        m_save->setEnabled(one);
    });
}

void VersionsTab::modelChanged()
{
    m_versions->clearSelection();
}

void VersionsTab::refresh()
{
    const auto rows = versionRows(context().workspace.registry(), modelId());
    m_versions->setRows(rows);
    m_empty->setVisible(rows.isEmpty());
    m_filled->setVisible(!rows.isEmpty());
    if (m_versions->selectedKeys().isEmpty())
        m_versions->selectFirst();
    showSelection();
    m_empty->setDisabledReason(m_new->isEnabled() ? QString() : m_new->toolTip());
}

const ModelVersion *VersionsTab::selected() const
{
    const auto keys = m_versions->selectedKeys();
    if (keys.size() != 1)
        return nullptr;
    const auto &versions = context().workspace.registry().versions;
    const auto found = versions.find(VersionId(toStd(keys[0])));
    return found == versions.end() ? nullptr : &found->second;
}

void VersionsTab::showSelection()
{
    const auto &versions = context().workspace.registry().versions;
    QList<const ModelVersion *> chosen;
    for (const auto &key : m_versions->selectedKeys())
        if (const auto found = versions.find(VersionId(toStd(key))); found != versions.end())
            chosen << &found->second;
    if (chosen.size() == 1)
        showDetails(*chosen[0]);
    else if (chosen.size() == 2)
        showComparison(*chosen[1], *chosen[0]);
    else
        m_below->setCurrentIndex(0);
    m_gate->refresh();
}

void VersionsTab::showDetails(const ModelVersion &version)
{
    const auto &registry = context().workspace.registry();
    auto fields = versionFields(registry, version);
    fields.removeLast(); // the documents have a table of their own
    for (const auto &field : std::as_const(fields))
        m_fields->setValue(field.name, field.value);
    const auto rows = documentRows(registry, version.id);
    m_documents->setRows(rows);
    m_documents->setVisible(!rows.isEmpty());
    m_noDocuments->setVisible(rows.isEmpty());
    if (m_documents->currentKey().isEmpty())
        m_documents->selectFirst();
    m_open->setEnabled(!m_documents->currentKey().isEmpty());
    m_save->setEnabled(!m_documents->currentKey().isEmpty());
    const auto conditions = conditionRows(registry, version.id, context().workspace.today());
    m_conditions->setRows(conditions);
    m_conditions->setVisible(!conditions.isEmpty());
    m_conditionTitle->setVisible(!conditions.isEmpty());
    if (m_conditions->currentKey().isEmpty())
        m_conditions->selectFirst();
    m_below->setCurrentIndex(1);
}

void VersionsTab::showComparison(const ModelVersion &one, const ModelVersion &other)
{
    m_comparison->rows()->setHeadings(comparisonHeadings(toQt(one.label), toQt(other.label)));
    m_comparison->setRows(comparisonRows(context().workspace.registry(), one, other, m_onlyDifferences->isChecked()));
    m_below->setCurrentWidget(m_comparisonPage);
}

QString VersionsTab::whyNotRequested() const
{
    const auto *version = selected();
    if (version == nullptr)
        return tr("Select one version first.");
    if (version->stage == VersionStage::inProduction)
        return tr("Version %1 is in production already.").arg(toQt(version->label));
    return version->stage == VersionStage::retired ? tr("Version %1 is retired.").arg(toQt(version->label)) : QString();
}

QString VersionsTab::whyNotDeployed() const
{
    if (const auto why = whyNotRequested(); !why.isEmpty())
        return why;
    const auto &workspace = context().workspace;
    const auto why = whyUncompared(workspace.policy(), workspace.registry(), selected()->id, nullptr);
    return why ? toQt(*why) : QString();
}

QString VersionsTab::whyNotPromoted() const
{
    if (const auto why = whyNotRequested(); !why.isEmpty())
        return why;
    const auto &registry = context().workspace.registry();
    const auto versions = registry.versionsOf(modelId());
    const auto champion = std::ranges::find(versions, VersionStage::inProduction, &ModelVersion::stage);
    if (champion == versions.end())
        return tr("No version is in production that it could be compared with: request its deployment.");
    for (const auto *version : {*champion, selected()})
        if (!newestRun(registry, version->id).valid())
            return tr("Version %1 has no monitoring run: record one on the same log as the other's.")
                .arg(toQt(version->label));
    return {};
}

QString VersionsTab::whyNotMet() const
{
    const auto [validation, at] = selectedCondition();
    if (!validation)
        return tr("Select a condition first.");
    return validation->dueConditions[at].metOn ? tr("This condition is met already.") : QString();
}

std::pair<const Validation *, std::size_t> VersionsTab::selectedCondition() const
{
    const auto parts = m_conditions->currentKey().split(u'/');
    const auto &validations = context().workspace.registry().validations;
    const auto found = validations.find(ValidationId(toStd(parts.first())));
    if (parts.size() != 2 || found == validations.end())
        return {nullptr, 0};
    return {&found->second, parts[1].toULong()};
}

void VersionsTab::meetCondition()
{
    const auto [validation, at] = selectedCondition();
    if (!validation)
        return;
    (new ReasonDialog(
         tr("A condition is met"), toQt(validation->dueConditions[at].text), tr("Record that it is met"),
         tr("&Evidence"),
         [this, id = validation->id, number = at](const std::string &evidence) {
             return this->context().workspace.meetCondition(id, number, evidence);
         },
         this))
        ->open();
}

void VersionsTab::withDocument(const QString &id, const QString &title,
                               const std::function<void(const Document &, const std::string &bytes)> &use)
{
    const auto &documents = context().workspace.registry().documents;
    const auto found = documents.find(DocumentId(toStd(id)));
    if (found == documents.end())
        return;
    const auto bytes = context().workspace.documentBytes(found->first);
    if (bytes)
        use(found->second, *bytes);
    else
        context().dialogs.error(this, title.arg(toQt(found->second.fileName)), bytes.error());
}

void VersionsTab::select(const QString &version)
{
    if (m_versions->rows()->rowOf(version) >= 0)
        m_versions->select(version);
}

void VersionsTab::focusStart()
{
    m_filled->isVisible() ? m_versions->setFocus() : m_empty->setFocus();
}

} // namespace countersign
