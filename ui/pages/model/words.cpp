// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/model/words.h"

#include <QLocale>
#include <QStringList>

#include "core/policy/scope.h"
#include "ui/widgets/text.h"
#include "ui/widgets/tr.h"

namespace countersign {

QString signaturesText(const std::vector<RequiredSignature> &signatures)
{
    QStringList parts;
    for (const auto &signature : signatures)
        if (signature.count > 0)
            parts << countText(signature.count, toQt(displayName(signature.role)).toLower(),
                               toQt(displayName(signature.role)).toLower() + QLatin1Char('s'));
    return parts.join(QStringLiteral(", "));
}

ReviewState reviewState(const Model &model, const std::optional<ReviewItem> &review)
{
    if (!review)
        return {model.retiredOn                 ? tr("Retired on %1").arg(dateText(model.retiredOn))
                : model.stage == Stage::retired ? tr("Retired")
                                                : tr("Out of scope: no review is asked for"),
                false};
    if (!review->due)
        return {tr("No review planned"), false};
    const auto days = review->days;
    if (days < 0)
        return {tr("Review overdue by %1").arg(countText(-days, tr("day"), tr("days"))), true};
    if (days == 0)
        return {tr("Review due today"), false};
    return {tr("Next review in %1").arg(countText(days, tr("day"), tr("days"))), false};
}

QString scopeText(const PolicyPack &pack, const Registry &registry, const ModelId &model)
{
    QStringList lines(toQt(scopeInWords(pack, registry, model)));
    if (const auto found = registry.scopes.find(model); found != registry.scopes.end()) {
        const auto &record = found->second;
        if (!record.reason.empty())
            lines << toQt(record.reason);
        lines << tr("Decided by %1, %2, under policy version %3")
                     .arg(nameOf(registry, record.by), timeText(record.at), QString::number(record.policyVersion));
    }
    return lines.join(QLatin1Char('\n'));
}

QString serviceText(const ServiceHealth &service, const UsageLimits &limits)
{
    const auto &report = *service.newest;
    QStringList lines{tr("%1 from %2 to %3")
                          .arg(countText(report.predictions, tr("prediction"), tr("predictions")),
                               dateText(report.from), dateText(report.until))};
    if (report.failed() > 0)
        lines << toQt(failuresInWords(report));
    if (service.failing)
        lines << tr("More than the policy allows (%1)").arg(toQt(decimalFromDouble(limits.failureRate)));
    lines << tr("Last used on %1").arg(dateText(service.lastUsedOn));
    if (service.idle)
        lines << tr("Idle for %1; the policy allows %2")
                     .arg(countText(service.idleDays, tr("day"), tr("days")), countText(limits.idleDays));
    return lines.join(u'\n');
}

QString approvalsText(const std::vector<ExceptionSignature> &signatures)
{
    QStringList lines;
    for (const auto &signature : signatures)
        lines << tr("%1 by %2 (%3), %4 %5")
                     .arg(signature.approved ? tr("Approved") : tr("Refused"), toQt(signature.fullName),
                          toQt(displayName(signature.role)).toLower(), timeText(signature.at), toQt(signature.comment))
                     .trimmed();
    return lines.join(u'\n');
}

QString shortDigest(const Hash256 &hash)
{
    return toQt(hash.hex().substr(0, 12));
}

QString sizeText(std::int64_t bytes)
{
    return QLocale().formattedDataSize(bytes, 0, QLocale::DataSizeTraditionalFormat);
}

QString nameOf(const Registry &registry, const UserId &user)
{
    const auto found = registry.users.find(user);
    return found == registry.users.end() ? tr("somebody unknown") : toQt(found->second.fullName);
}

} // namespace countersign
