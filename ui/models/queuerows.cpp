// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/queuerows.h"

#include "ui/widgets/text.h"

using namespace Qt::StringLiterals;

namespace countersign {

QString verbOf(TaskKind kind)
{
    switch (kind) {
    case TaskKind::signRequest:
        return u"Sign"_s;
    case TaskKind::signException:
        return u"Sign exception"_s;
    case TaskKind::confirmOverride:
        return u"Confirm override"_s;
    case TaskKind::assessTier:
        return u"Assess tier"_s;
    case TaskKind::explainBreach:
        return u"Answer drift"_s;
    case TaskKind::meetCondition:
    case TaskKind::meetApprovalCondition:
        return u"Meet condition"_s;
    case TaskKind::validate:
        return u"Validate"_s;
    case TaskKind::attest:
        return u"Attest"_s;
    case TaskKind::retrain:
        return u"Retrain"_s;
    case TaskKind::monitor:
        return u"Monitor"_s;
    case TaskKind::requestAgain:
        return u"Request again"_s;
    case TaskKind::deploy:
        return u"Put into production"_s;
    case TaskKind::settleIncident:
        return u"Settle incident"_s;
    case TaskKind::reviewLimitation:
        return u"Look again"_s;
    case TaskKind::reviewOverlay:
        return u"Renew overlay"_s;
    case TaskKind::endException:
        return u"End exception"_s;
    case TaskKind::signPolicy:
        return u"Sign policy"_s;
    case TaskKind::publishPolicy:
        return u"Publish policy"_s;
    case TaskKind::closeFinding:
        break;
    }
    return u"Close finding"_s;
}

QString tabOf(TaskKind kind)
{
    switch (kind) {
    case TaskKind::signRequest:
    case TaskKind::requestAgain:
    case TaskKind::deploy:
    case TaskKind::meetApprovalCondition:
        return u"signoffs"_s;
    case TaskKind::signException:
    case TaskKind::retrain:
    case TaskKind::settleIncident:
    case TaskKind::reviewLimitation:
    case TaskKind::reviewOverlay:
    case TaskKind::endException:
        return u"registers"_s;
    case TaskKind::confirmOverride:
    case TaskKind::assessTier:
        return u"tier"_s;
    case TaskKind::explainBreach:
    case TaskKind::monitor:
        return u"monitoring"_s;
    case TaskKind::meetCondition:
    case TaskKind::validate:
        return u"versions"_s;
    case TaskKind::attest:
    case TaskKind::closeFinding:
    case TaskKind::signPolicy:
    case TaskKind::publishPolicy:
        break;
    }
    return u"overview"_s;
}

QString tabOf(OverdueKind kind)
{
    switch (kind) {
    case OverdueKind::condition:
    case OverdueKind::decision:
        return u"signoffs"_s;
    case OverdueKind::validationCondition:
        return u"versions"_s;
    case OverdueKind::assumptionCheck:
    case OverdueKind::exceptionDecision:
    case OverdueKind::incident:
    case OverdueKind::limitation:
        return u"registers"_s;
    case OverdueKind::monitoring:
        return u"monitoring"_s;
    case OverdueKind::review:
    case OverdueKind::finding:
    case OverdueKind::plan:
        break;
    }
    return u"overview"_s;
}

QString breachText(const Breach &breach)
{
    const auto what = breach.feature.empty() ? u"Performance"_s : toQt(breach.feature);
    return u"%1: %2 %3, limit %4"_s.arg(what, toQt(breach.metric), QString::number(breach.value, 'f', 3),
                                        QString::number(breach.limit, 'g', 3));
}

namespace {

/// "2026-12-08", and after that day "3 days late".
QString dueText(const WaitingTask &task)
{
    if (!task.due)
        return {};
    if (task.days < 0)
        return dateText(task.due);
    return task.days == 0 ? u"Due today"_s : u"%1 late"_s.arg(countText(task.days, u"day"_s, u"days"_s));
}

} // namespace

std::vector<RecordColumn<WaitingTask>> taskColumns()
{
    using Row = WaitingTask;
    using Column = RecordColumn<Row>;
    return {
        Column(u"To do"_s, [](const Row &row) { return verbOf(row.kind); }),
        Column(u"Model"_s, [](const Row &row) { return toQt(row.modelName); }),
        Column(u"Since"_s,
               [](const Row &row) { return row.since == UtcTime() ? QString() : timeText(row.since).left(10); }),
        Column(u"Decide by"_s, dueText)
            .sortedBy([](const Row &row) { return row.due ? QVariant(-qint64(row.days)) : QVariant(1'000'000); })
            .asBadge([](const Row &row) {
                return row.due && row.days >= 0 ? BadgeStyle{dueText(row), Theme::Colour::red, BadgeShape::triangle}
                                                : BadgeStyle{};
            }),
        Column(u"About"_s, [](const Row &row) { return toQt(row.title); }),
    };
}

std::vector<RecordColumn<DriftAlert>> alertColumns()
{
    using Row = DriftAlert;
    using Column = RecordColumn<Row>;
    return {
        Column(u"Status"_s, [](const Row &row) { return toQt(displayName(row.health)); })
            .sortedBy([](const Row &row) { return QVariant(-static_cast<int>(row.health)); })
            .asBadge([](const Row &row) { return badgeFor(row.health); }),
        Column(u"Model"_s, [](const Row &row) { return toQt(row.modelName); }),
        Column(u"Worst"_s, [](const Row &row) { return breachText(row.worst); }),
        Column(u"Period"_s, [](const Row &row) { return toQt(row.worst.period); }),
        Column(u"Breaches"_s, [](const Row &row) { return countText(row.breaches); })
            .sortedBy([](const Row &row) { return QVariant(qint64(row.breaches)); })
            .asNumber(),
        Column(u"State"_s,
               [](const Row &row) {
                   return row.finding.valid() ? u"Finding raised"_s : row.explained ? u"Accepted"_s : u"Open"_s;
               })
            .asBadge([](const Row &row) {
                if (row.open())
                    return BadgeStyle{u"Open"_s, Theme::Colour::red, BadgeShape::triangle};
                return BadgeStyle{row.finding.valid() ? u"Finding raised"_s : u"Accepted"_s, Theme::Colour::noData,
                                  BadgeShape::ring};
            }),
    };
}

std::vector<RecordColumn<OverdueItem>> overdueColumns()
{
    using Row = OverdueItem;
    using Column = RecordColumn<Row>;
    return {
        Column(u"What"_s,
               [](const Row &row) {
                   switch (row.kind) {
                   case OverdueKind::review:
                       return u"Review"_s;
                   case OverdueKind::finding:
                       return u"Finding"_s;
                   case OverdueKind::assumptionCheck:
                       return u"Assumption check"_s;
                   case OverdueKind::plan:
                       return u"Remediation plan"_s;
                   case OverdueKind::monitoring:
                       return u"Monitoring"_s;
                   case OverdueKind::decision:
                   case OverdueKind::exceptionDecision:
                       return u"Decision"_s;
                   case OverdueKind::incident:
                       return u"Incident"_s;
                   case OverdueKind::limitation:
                       return u"Limitation"_s;
                   case OverdueKind::condition:
                   case OverdueKind::validationCondition:
                       break;
                   }
                   return u"Condition"_s;
               }),
        Column(u"Model"_s, [](const Row &row) { return toQt(row.modelName); }),
        Column(u"Due"_s, [](const Row &row) { return dateText(row.due); }),
        Column(u"Days late"_s, [](const Row &row) { return countText(row.days); })
            .sortedBy([](const Row &row) { return QVariant(qint64(row.days)); })
            .asNumber(),
        Column(u"About"_s, [](const Row &row) { return toQt(row.title); }),
    };
}

} // namespace countersign
