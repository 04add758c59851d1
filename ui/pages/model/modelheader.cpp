// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/model/modelheader.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

#include "core/policy/scope.h"
#include "core/policy/stages.h"
#include "core/policy/staleness.h"
#include "ui/models/reviewrows.h"
#include "ui/pages/model/words.h"
#include "ui/widgets/badge.h"
#include "ui/widgets/text.h"

using namespace Qt::StringLiterals;

namespace countersign {

namespace {

QLabel *quiet(QWidget *parent)
{
    auto *label = new QLabel(parent);
    label->setTextFormat(Qt::PlainText);
    label->setForegroundRole(QPalette::PlaceholderText);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

} // namespace

ModelHeader::ModelHeader(QWidget *parent)
    : QWidget(parent)
    , m_name(new QLabel(this))
    , m_reference(quiet(this))
    , m_tier(new Badge(this))
    , m_stage(new Badge(this))
    , m_health(new Badge(this))
    , m_service(new Badge(this))
    , m_overdue(new Badge(this))
    , m_review(quiet(this))
    , m_findings(new QPushButton(this))
    , m_stale(new QPushButton(themedIcon(u"warning"_s, this), {}, this))
    , m_owner(quiet(this))
{
    auto large = m_name->font();
    large.setPointSizeF(large.pointSizeF() * 1.5);
    large.setBold(true);
    m_name->setFont(large);
    m_name->setTextFormat(Qt::PlainText);
    m_name->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_name->setAccessibleName(tr("Name of the model"));
    m_name->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_reference->setAccessibleName(tr("Reference"));
    m_findings->setFlat(true);
    m_findings->setCursor(Qt::PointingHandCursor);
    connect(m_findings, &QPushButton::clicked, this, [this] { Q_EMIT tabWanted(u"overview"_s); });
    m_stale->setFlat(true);
    m_stale->setCursor(Qt::PointingHandCursor);
    connect(m_stale, &QPushButton::clicked, this, [this] { Q_EMIT tabWanted(u"signoffs"_s); });

    auto *title = new QHBoxLayout;
    title->setSpacing(10);
    title->addWidget(m_name, 1);
    title->addWidget(m_reference, 0, Qt::AlignBottom);
    auto *state = new QHBoxLayout;
    state->setSpacing(10);
    for (auto *badge : {m_tier, m_stage, m_health, m_service})
        state->addWidget(badge);
    state->addSpacing(8);
    state->addWidget(m_overdue);
    state->addWidget(m_review);
    state->addWidget(m_findings);
    state->addWidget(m_stale);
    state->addStretch(1);
    state->addWidget(m_owner);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 12, 16, 8);
    layout->setSpacing(6);
    layout->addLayout(title);
    layout->addLayout(state);
}

void ModelHeader::show(const PolicyPack &pack, const Registry &registry, const Model &model, Date today)
{
    m_name->setText(toQt(model.name));
    m_name->setToolTip(toQt(model.name));
    m_reference->setText(toQt(model.reference));

    const auto *tier = registry.tierOf(model.id);
    const auto level = tier == nullptr ? 0 : tier->level();
    m_tier->setBadge(isOutOfScope(pack, registry, model.id) ? tierBadge(0, toQt(displayName(ScopeState::outOfScope)))
                                                            : tierBadge(level, toQt(pack.tierLabel(level))));
    m_stage->setBadge(stageBadge(model.stage, toQt(stageLabel(pack, model))));
    m_stage->setToolTip(
        stageIsGone(pack, model)
            ? tr("The policy in force does not have this stage; the model counts as %1. Edit it to move on.")
                  .arg(toQt(stageLabel(pack, model.stage)).toLower())
            : QString());
    const auto *run = runThatCounts(registry, model.id);
    m_health->setBadge(run == nullptr ? BadgeStyle{tr("Not monitored"), Theme::Colour::noData, BadgeShape::ring}
                                      : badgeFor(run->health));

    showService(pack, registry, model.id, today);

    const auto item = reviewOf(pack, registry, today, model.id);
    const auto review = reviewState(model, item);
    m_overdue->setBadge(review.overdue ? BadgeStyle{review.text, Theme::Colour::red, BadgeShape::triangle}
                                       : BadgeStyle{});
    m_review->setText(review.text);
    for (auto *widget : {static_cast<QWidget *>(m_overdue), static_cast<QWidget *>(m_review)})
        widget->setToolTip(item ? reasonsText(*item) : QString());
    m_review->setVisible(!review.overdue);

    const auto findings = registry.findingsOf(model.id);
    const auto open = std::count_if(findings.begin(), findings.end(), [](const Finding *one) { return one->open; });
    m_findings->setText(open == 0 ? tr("No open findings") : countText(open, tr("open finding"), tr("open findings")));
    m_findings->setAccessibleName(m_findings->text());
    const auto stale = static_cast<qint64>(staleSignOffs(registry, today, model.id).size());
    m_stale->setText(countText(stale, tr("stale sign-off"), tr("stale sign-offs")));
    m_stale->setAccessibleName(m_stale->text());
    m_stale->setToolTip(tr("What was signed has changed since"));
    m_stale->setVisible(stale > 0);
    m_owner->setText(model.owner.empty() ? tr("No owner") : tr("Owner: %1").arg(toQt(model.owner)));
}

void ModelHeader::showService(const PolicyPack &pack, const Registry &registry, const ModelId &model, Date today)
{
    BadgeStyle style;
    QStringList texts;
    for (const auto &service : serviceHealth(pack, registry, today)) {
        if (service.newest->model != model || (!service.failing && !service.idle))
            continue;
        if (service.failing)
            style = {tr("Calls fail"), Theme::Colour::red, BadgeShape::square};
        else if (style.text.isEmpty())
            style = {tr("Idle"), Theme::Colour::amber, BadgeShape::triangle};
        texts << toQt(service.newest->title) + u": "_s + serviceText(service, pack.usage);
    }
    m_service->setBadge(style);
    m_service->setToolTip(texts.join(u'\n'));
}

const MonitoringRun *runThatCounts(const Registry &registry, const ModelId &model)
{
    for (const auto *version : registry.versionsOf(model))
        if (version->stage == VersionStage::inProduction)
            if (const auto *run = registry.latestRun(version->id))
                return run;
    const auto runs = registry.runsOf(model);
    return runs.empty() ? nullptr : runs.front();
}

} // namespace countersign
