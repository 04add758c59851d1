// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/model/overviewtab.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>

#include "core/policy/reviewqueue.h"
#include "core/policy/scope.h"
#include "core/policy/servicehealth.h"
#include "core/policy/stages.h"
#include "ui/pages/inventory/modeleditor.h"
#include "ui/pages/model/actiongate.h"
#include "ui/pages/model/dependencies.h"
#include "ui/pages/model/findingpanel.h"
#include "ui/pages/model/retiredialog.h"
#include "ui/pages/model/scopedialog.h"
#include "ui/pages/model/words.h"
#include "ui/shell/context.h"
#include "ui/widgets/keyvalueform.h"
#include "ui/widgets/sectionheader.h"
#include "ui/widgets/text.h"

using namespace Qt::StringLiterals;

namespace countersign {

namespace {
QString lines(const std::vector<std::string> &items)
{
    return toQt(items).join(u'\n');
}

/// Registered models as links, other names as they are.
QString linkList(const std::vector<Dependency> &dependencies)
{
    QStringList items;
    for (const auto &dependency : dependencies) {
        const auto name = toQt(dependency.name).toHtmlEscaped();
        if (dependency.model == nullptr) {
            items << name;
            continue;
        }
        const auto &model = *dependency.model;
        items << u"<a href=\"%1\">%2</a> %3"_s.arg(toQt(model.id.str()), toQt(model.name).toHtmlEscaped(),
                                                   toQt(model.reference).toHtmlEscaped());
    }
    return items.join(u"<br>"_s);
}

/// "28 Dec 2026. Planned by hand."
QString nextReview(const std::optional<ReviewItem> &item)
{
    if (!item || item->reasons.empty())
        return {};
    const auto why = toQt(item->reasons.front().text);
    return item->due ? u"%1. %2"_s.arg(dateText(item->due), why) : why;
}

QLabel *linkLabel(const QString &accessibleName, QWidget *parent)
{
    auto *label = new QLabel(parent);
    label->setTextFormat(Qt::RichText);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextBrowserInteraction);
    label->setAccessibleName(accessibleName);
    return label;
}
} // namespace

OverviewTab::OverviewTab(Context &context, QWidget *parent)
    : ModelTab(context, parent)
    , m_edit(new QPushButton(tr("&Edit…"), this))
    , m_retire(new QPushButton(tr("&Retire…"), this))
    , m_scope(new QPushButton(tr("Decide &scope…"), this))
    , m_whyNot(quietLabel(this))
    , m_scroll(new QScrollArea(this))
    , m_gate(new ActionGate(context, m_whyNot, this))
{
    m_gate->add(m_edit, "modelEdited");
    m_gate->add(m_retire, "modelEdited", [this] {
        return this->model() != nullptr && this->model()->stage == Stage::retired ? tr("The model is retired already.")
                                                                                  : QString();
    });
    m_gate->add(m_scope, "scopeDecided", [this] {
        if (this->model() != nullptr && this->model()->stage == Stage::retired)
            return tr("The model is retired.");
        return this->context().workspace.policy().scope.questions.empty()
                   ? tr("The policy in force asks no questions about scope.")
                   : QString();
    });
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setAccessibleName(tr("Overview of the model"));
    auto *content = new QWidget(m_scroll);
    auto *columns = new QHBoxLayout(content);
    columns->setContentsMargins(0, 0, 12, 12);
    columns->setSpacing(32);
    columns->addWidget(makeFields(), 1);
    columns->addWidget(makeSide(), 1);
    m_scroll->setWidget(content);

    auto *actions = new QHBoxLayout;
    actions->addWidget(m_edit);
    actions->addWidget(m_retire);
    actions->addWidget(m_scope);
    actions->addSpacing(12);
    actions->addWidget(m_whyNot, 1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 12, 4, 0);
    layout->addLayout(actions);
    layout->addWidget(m_scroll, 1);

    connect(m_edit, &QPushButton::clicked, this, &OverviewTab::edit);
    connect(m_retire, &QPushButton::clicked, this,
            [this] { (new RetireDialog(this->context(), modelId(), this))->open(); });
    connect(m_scope, &QPushButton::clicked, this,
            [this] { (new ScopeDialog(this->context(), modelId(), this))->open(); });
}

QWidget *OverviewTab::makeFields()
{
    auto *column = new QWidget(this);
    auto *layout = new QVBoxLayout(column);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    const auto group = [&](const QString &title) {
        layout->addWidget(new SectionHeader(title, column));
        auto *form = new KeyValueForm(column);
        layout->addWidget(form);
        layout->addSpacing(8);
        return form;
    };
    m_purpose = group(tr("Purpose"));
    m_use = group(tr("Use and limits"));
    m_people = group(tr("People"));
    m_build = group(tr("Inputs and origin"));
    m_service = group(tr("Service"));
    m_life = group(tr("Life cycle"));
    layout->addStretch(1);
    return column;
}

QWidget *OverviewTab::makeSide()
{
    auto *column = new QWidget(this);
    auto *layout = new QVBoxLayout(column);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);

    m_findings = new FindingPanel(context(), *m_gate, column);
    layout->addWidget(m_findings);
    layout->addSpacing(8);

    layout->addWidget(new SectionHeader(tr("Depends on"), column));
    m_dependencies = linkLabel(tr("Depends on"), column);
    layout->addWidget(m_dependencies);
    layout->addSpacing(8);
    layout->addWidget(new SectionHeader(tr("Used by"), column));
    m_dependents = linkLabel(tr("Used by"), column);
    layout->addWidget(m_dependents);
    layout->addStretch(1);

    const auto follow = [this](const QString &id) { this->context().navigator.openModel(ModelId(toStd(id))); };
    connect(m_dependencies, &QLabel::linkActivated, this, follow);
    connect(m_dependents, &QLabel::linkActivated, this, follow);
    return column;
}

void OverviewTab::modelChanged()
{
    m_findings->clearSelection();
    m_scroll->ensureVisible(0, 0);
}

void OverviewTab::refresh()
{
    if (const auto *shown = model()) {
        showFields(*shown);
        m_findings->showFindings(modelId());
        showDependencies(*shown);
    }
    m_gate->refresh();
}

void OverviewTab::showFields(const Model &model)
{
    const auto &workspace = context().workspace;
    m_purpose->setValue(tr("Description"), toQt(model.description));
    m_purpose->setValue(tr("Purpose"), toQt(model.purpose));
    m_purpose->setValue(tr("Kind"), toQt(displayName(model.kind)));
    m_purpose->setValue(tr("Scope"), scopeText(workspace.policy(), workspace.registry(), model.id));
    m_purpose->setValue(tr("Business unit"), toQt(model.businessUnit));
    m_purpose->setValue(tr("Outputs"), toQt(model.outputs));

    m_use->setValue(tr("Approved uses"), toQt(model.approvedUses));
    m_use->setValue(tr("Actual use"), toQt(model.actualUse));
    m_use->setValue(tr("Restrictions"), toQt(model.restrictions));
    m_use->setValue(tr("Assumptions"), toQt(model.assumptions));
    m_use->setValue(tr("Limitations"), toQt(model.limitations));

    m_people->setValue(tr("Owner"), toQt(model.owner));
    m_people->setValue(tr("Developer"), toQt(model.developer));
    m_people->setValue(tr("Validator"), toQt(model.validator));
    m_people->setValue(tr("Approver"), toQt(model.approver));

    m_build->setValue(tr("Inputs and data sources"), lines(model.inputs));
    m_build->setValue(tr("Origin"), toQt(displayName(model.origin)));
    m_build->setValue(tr("Vendor"), toQt(model.vendor));

    m_life->setValue(tr("Stage"), toQt(stageLabel(workspace.policy(), model)));
    m_life->setValue(tr("Deployed"), dateText(model.deployedOn));
    m_life->setValue(tr("Last validated"), dateText(model.lastValidatedOn));
    m_life->setValue(tr("Next review"),
                     nextReview(reviewOf(workspace.policy(), workspace.registry(), workspace.today(), model.id)));
    m_life->setValue(tr("Retired"), dateText(model.retiredOn));
    m_life->setValue(tr("Reason for retiring"), toQt(model.retirementReason));
    showService(model);
    KeyValueForm::alignNames({m_purpose, m_use, m_people, m_build, m_service, m_life});
}

void OverviewTab::showService(const Model &model)
{
    const auto &workspace = context().workspace;
    m_service->clear();
    bool reported = false;
    for (const auto &service : serviceHealth(workspace.policy(), workspace.registry(), workspace.today())) {
        if (service.newest->model != model.id)
            continue;
        m_service->setValue(toQt(service.newest->title), serviceText(service, workspace.policy().usage));
        reported = true;
    }
    if (!reported)
        m_service->setValue(tr("Use"), tr("No use of the version in production is reported."));
}

void OverviewTab::showDependencies(const Model &model)
{
    const auto &registry = context().workspace.registry();
    const auto upstream = dependenciesOf(registry, model);
    const auto downstream = dependentsOf(registry, model);
    m_dependencies->setText(upstream.empty() ? tr("Nothing is named.") : linkList(upstream));
    m_dependents->setText(downstream.empty() ? tr("No registered model names this one.") : linkList(downstream));
}

/// Rich text keeps the colour of links that it was laid out with.
void OverviewTab::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange)
        for (auto *label : {m_dependencies, m_dependents}) {
            const auto text = label->text();
            label->clear();
            label->setText(text);
        }
    ModelTab::changeEvent(event);
}

void OverviewTab::edit()
{
    if (const auto *shown = model()) {
        auto *editor = new ModelEditor(context(), *shown, this);
        editor->setAttribute(Qt::WA_DeleteOnClose);
        editor->open();
    }
}

void OverviewTab::select(const QString &finding)
{
    m_findings->select(finding);
}

void OverviewTab::focusStart()
{
    m_edit->isEnabled() ? m_edit->setFocus() : m_scroll->setFocus();
}

} // namespace countersign
