// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/model/promotiondialog.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPlainTextEdit>
#include <QVBoxLayout>

#include "core/policy/comparisons.h"
#include "ui/pages/model/modeltab.h"
#include "ui/pages/model/promotionrows.h"
#include "ui/pages/model/requestdialog.h"
#include "ui/pages/model/rowstable.h"
#include "ui/pages/monitoring/runside.h"
#include "ui/shell/context.h"
#include "ui/widgets/messagebar.h"
#include "ui/widgets/text.h"

using namespace Qt::StringLiterals;

namespace countersign {

namespace {

/// Accepts the runs of versions whose stage `accepted` takes.
template <class F>
RunSide::Offered runsOfVersions(const Registry &registry, F accepted)
{
    return [&registry, accepted](const MonitoringRun &run) {
        const auto version = registry.versions.find(run.version);
        return version != registry.versions.end() && accepted(version->second.stage);
    };
}

int numberOf(const std::optional<std::size_t> &period)
{
    return period ? static_cast<int>(*period) : -1;
}

} // namespace

RunId newestRun(const Registry &registry, const VersionId &version)
{
    const auto *run = registry.latestRun(version);
    return run ? run->id : RunId();
}

PromotionDialog::PromotionDialog(Context &context, const ModelId &model, QWidget *parent)
    : ActDialog(tr("Request promotion"), tr("Request promotion"), parent)
    , m_context(context)
    , m_champion(new RunSide(context, model, tr("Champion, in production"),
                             runsOfVersions(context.workspace.registry(),
                                            [](VersionStage stage) { return stage == VersionStage::inProduction; }),
                             this))
    , m_challenger(new RunSide(context, model, tr("Challenger"),
                               runsOfVersions(context.workspace.registry(),
                                              [](VersionStage stage) {
                                                  return stage != VersionStage::inProduction &&
                                                         stage != VersionStage::retired;
                                              }),
                               this))
    , m_figures(new RowsTable(tr("Champion and challenger"), promotionHeadings({}, {}), this))
    , m_sides(quietLabel(this))
    , m_checks(wrappingText(this))
    , m_signers(wrappingText(this))
    , m_justification(addText(tr("&Justification"), tr("Why the challenger should replace the champion"), 3))
{
    setMinimumWidth(fontMetrics().averageCharWidth() * 155);
    auto *sides = new QHBoxLayout;
    sides->addWidget(m_champion, 1);
    sides->addWidget(m_challenger, 1);
    m_figures->setSortingEnabled(false);
    m_figures->shareWidth({0});
    m_figures->setVisibleRows(3, 8);
    top()->addLayout(sides);
    top()->addWidget(m_figures);
    top()->addWidget(m_sides);
    addField(tr("Checks now"), m_checks);
    addField(tr("Who will sign"), m_signers);
    m_signers->setText(signersText(context.workspace, model));
    for (auto *side : {m_champion, m_challenger}) {
        connect(side, &RunSide::changed, this, &PromotionDialog::compare);
        connect(side, &RunSide::failed, messages(), &MessageBar::showError);
    }
    m_justification->setFocus();
}

PromotionDialog::PromotionDialog(Context &context, const ModelId &model, const PromotionChoices &choices,
                                 QWidget *parent)
    : PromotionDialog(context, model, parent)
{
    m_champion->choose(choices.champion.run, numberOf(choices.champion.period));
    m_challenger->choose(choices.challenger.run, numberOf(choices.challenger.period));
}

PromotionDialog::PromotionDialog(Context &context, const ModelId &model, const VersionId &challenger, QWidget *parent)
    : PromotionDialog(context, model, parent)
{
    const auto &registry = context.workspace.registry();
    for (const auto *version : registry.versionsOf(model))
        if (version->stage == VersionStage::inProduction)
            m_champion->choose(newestRun(registry, version->id));
    m_challenger->choose(newestRun(registry, challenger));
    m_challenger->followPeriod(m_champion->periodText());
}

void PromotionDialog::compare()
{
    m_promotion.reset();
    const auto &workspace = m_context.workspace;
    const auto &registry = workspace.registry();
    if (m_champion->result() && m_challenger->result())
        m_promotion = promotionOf(registry, m_champion->run(), {*m_champion->result(), m_champion->period()},
                                  m_challenger->run(), {*m_challenger->result(), m_challenger->period()});
    m_figures->setRows(m_promotion ? promotionRows(*m_promotion) : QList<Row>());
    m_sides->setText(m_promotion ? promotionSidesText(*m_promotion) : QString());
    if (m_promotion) {
        const auto &challenger = m_promotion->challenger.version;
        m_figures->rows()->setHeadings(promotionHeadings(registry.versions.at(m_promotion->champion.version).label,
                                                         registry.versions.at(challenger).label));
        m_checks->setText(checksText(workspace, challenger, &*m_promotion));
    }
    check();
}

QString PromotionDialog::missing() const
{
    if (!m_champion->run().valid())
        return tr("Record a monitoring run of the version in production first, and choose it.");
    if (!m_challenger->run().valid())
        return tr("Record a monitoring run of the challenger first, and choose it.");
    if (!m_promotion || m_promotion->figures.empty())
        return tr("The two runs have no figure in common: run both versions on the same log, with outcomes.");
    const auto &workspace = m_context.workspace;
    if (const auto why =
            whyUncompared(workspace.policy(), workspace.registry(), m_promotion->challenger.version, &*m_promotion))
        return toQt(*why);
    return m_justification->toPlainText().trimmed().isEmpty() ? tr("Write the justification.") : QString();
}

Result<void> PromotionDialog::act()
{
    return outcome(m_context.workspace.requestPromotion({m_champion->run(), m_champion->period()},
                                                        {m_challenger->run(), m_challenger->period()},
                                                        typed(m_justification)));
}

} // namespace countersign
