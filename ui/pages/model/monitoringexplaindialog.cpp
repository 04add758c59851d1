// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/model/monitoringexplaindialog.h"

#include <QPlainTextEdit>

#include "ui/shell/context.h"
#include "ui/widgets/text.h"

namespace countersign {

using namespace Qt::StringLiterals;

namespace {

constexpr std::size_t mostListed = 8;

QString breachText(const Breach &breach)
{
    const QString what = breach.feature.empty() ? MonitoringExplainDialog::tr("Performance") : toQt(breach.feature);
    return MonitoringExplainDialog::tr("%1 in %2: %3 %4, limit %5 (%6)")
        .arg(what, toQt(breach.period), toQt(breach.metric), QString::number(breach.value, 'f', 3),
             QString::number(breach.limit, 'f', 3), toQt(displayName(breach.health)).toLower());
}

} // namespace

MonitoringExplainDialog::MonitoringExplainDialog(Context &context, const MonitoringRun &run, QWidget *parent)
    : ActDialog(tr("Explain the breaches of a run"), tr("Accept with this explanation"), parent)
    , m_context(context)
    , m_run(run.id)
    , m_explanation(nullptr)
{
    QStringList lines;
    for (std::size_t i = 0; i < std::min(run.breaches.size(), mostListed); ++i)
        lines << breachText(run.breaches[i]);
    if (run.breaches.size() > mostListed)
        lines << tr("and %1 more").arg(run.breaches.size() - mostListed);
    addNote(lines.join(u'\n'));
    m_explanation = addText(tr("&Explanation"),
                            tr("Why the model may stay in use as it is, and what is done or watched about it"), 5);
    m_explanation->setPlainText(toQt(run.explanation));
    m_explanation->setFocus();
    check();
}

QString MonitoringExplainDialog::missing() const
{
    return m_explanation && m_explanation->toPlainText().trimmed().isEmpty()
               ? tr("Say why the breaches are acceptable.")
               : QString();
}

Result<void> MonitoringExplainDialog::act()
{
    return m_context.workspace.explainRun(m_run, typed(m_explanation));
}

} // namespace countersign
